package dev.sampo.simulation.deployment;

import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.wan.Quantiles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a deployment did under one load.
 *
 * @param isSteady whether the halves of the measurement committed as much, give or take a tenth
 * @param use how full everything was, by kind
 * @param within messages inside data centres
 * @param between messages from one data centre to another
 * @param violations of invariants; whatever else is said then means nothing
 * @param eventHash over all events in order; equal for equal plans
 */
public record DeploymentFigures(
    DeploymentPlan plan,
    Carried carried,
    boolean isSteady,
    SortedMap<Resource, Use> use,
    Bytes within,
    Bytes between,
    Spread leaders,
    Optional<Loss> loss,
    List<Violation> violations,
    long eventHash) {

  /** What keeps up commits nearly all that is offered; the rest is under way at the end. */
  private static final double KEPT_UP = 0.95;

  public DeploymentFigures {
    use = new TreeMap<>(use);
    violations = List.copyOf(violations);
  }

  /**
   * What ledgers carried, for each second.
   *
   * @param refused what validators did not take in
   * @param blocks that carried something
   * @param millis from submission until the client was told; nothing if no client was
   */
  public record Carried(
      double offered,
      double committed,
      double refused,
      double blocks,
      double transfersPerBlock,
      Optional<Quantiles> millis) {

    /** Whether the ledgers committed what was offered. */
    public boolean isAll() {
      return committed >= KEPT_UP * offered;
    }
  }

  /** The share of the time that the busiest of a kind was busy, and the median one: 0 to 1. */
  public record Use(double max, double median) {}

  /**
   * Encoded messages on links of a kind.
   *
   * @param perSecond sent while it was measured
   * @param perTransfer the same for each transfer that was committed in that time
   * @param sent in the whole run
   * @param received in the whole run
   * @param underWay at its end
   */
  public record Bytes(
      double perSecond, double perTransfer, long sent, long received, long underWay) {}

  /**
   * How many ledgers one validator leads at a time, seen many times.
   *
   * @param mean of all validators
   * @param max the mean of the largest number of each time
   * @param chance the same if each ledger had drawn its leader from its committee
   */
  public record Spread(double mean, double max, double chance) {}

  /**
   * What became of the ledgers when a data centre was lost.
   *
   * @param survivors ledgers that had a quorum left, by their placement
   * @param wentOn ledgers that made blocks until the end
   * @param before the survivors, before the loss
   * @param meanwhile the survivors, until leaders that are gone are passed over (TI6)
   * @param after the survivors, from then on
   */
  public record Loss(
      int dataCentre, int survivors, int wentOn, Carried before, Carried meanwhile, Carried after) {

    /** Whether exactly those went on that had to. */
    public boolean isAsPlaced() {
      return survivors == wentOn;
    }
  }

  /** The kind of which one is the fullest. */
  public Resource fullest() {
    return use.entrySet().stream()
        .max(Comparator.comparingDouble(each -> each.getValue().max()))
        .orElseThrow()
        .getKey();
  }

  /** Whether no invariant was violated, and a loss took those ledgers alone that it had to. */
  public boolean isSound() {
    return violations.isEmpty() && loss.map(Loss::isAsPlaced).orElse(true);
  }
}
