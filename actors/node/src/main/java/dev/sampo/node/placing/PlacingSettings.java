package dev.sampo.node.placing;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the nodes of one validator share its ledgers.
 *
 * @param self the name of this node
 * @param nodes the names of all nodes of the validator, this one included
 * @param timing when a node acts
 */
public record PlacingSettings(String self, SortedSet<String> nodes, Timing timing) {

  /**
   * When a node acts. None of it matters to safety, which is the store's (protocol V1).
   *
   * @param report how often a node says what it hosts
   * @param absentAfter a node that was silent for so long counts as gone, and what it hosted is
   *     taken over
   * @param settle how long a node that has joined the cluster waits for nodes that it has not heard
   *     of yet
   * @param backOffFirst how long a ledger that was lost to another writer is left alone at first;
   *     doubles with each further loss
   * @param backOffMax the longest such wait
   */
  public record Timing(
      Duration report,
      Duration absentAfter,
      Duration settle,
      Duration backOffFirst,
      Duration backOffMax) {

    /** Silent for four reports, or ten seconds after joining. */
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    public Timing {
      if (!report.isPositive()
          || absentAfter.compareTo(report) <= 0
          || settle.compareTo(absentAfter) < 0
          || !backOffFirst.isPositive()
          || backOffMax.compareTo(backOffFirst) < 0) {
        throw new IllegalArgumentException("times are positive, and longer ones are not shorter");
      }
    }
  }

  public PlacingSettings {
    nodes = new TreeSet<>(nodes);
    if (!nodes.contains(self)) {
      throw new IllegalArgumentException(self + " is none of the nodes " + nodes);
    }
  }
}
