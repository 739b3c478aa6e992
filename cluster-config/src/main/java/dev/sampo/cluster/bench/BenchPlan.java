package dev.sampo.cluster.bench;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What to measure.
 *
 * @param warmUp how long to send before anything is measured
 * @param windows how many times to measure, one after the other while the load goes on; each share
 *     that crosses so many times
 * @param window how long each of them lasts
 */
public record BenchPlan(Load load, Duration warmUp, int windows, Duration window) {

  /**
   * What is sent.
   *
   * @param perSecond an open loop at this rate; nothing: a closed loop
   * @param inFlight most transfers in flight at a time in the closed loop
   * @param crossPercents how many of the transfers go to another ledger, for which there have to be
   *     two; several shares take turns, each for one window
   */
  public record Load(OptionalInt perSecond, int inFlight, List<Integer> crossPercents) {

    public Load {
      crossPercents = List.copyOf(crossPercents);
      if (crossPercents.isEmpty() || crossPercents.size() > SHARES_MAX) {
        throw new IllegalArgumentException("1 to " + SHARES_MAX + " shares cross");
      }
    }

    /** Whether anything goes to another ledger. */
    public boolean isCrossing() {
      return crossPercents.stream().anyMatch(percent -> percent > 0);
    }

    boolean isInTurns() {
      return crossPercents.size() > 1;
    }
  }

  /** Most shares that are compared in one run. */
  public static final int SHARES_MAX = 8;

  /** Most windows of one run. */
  public static final int WINDOWS_MAX = 1000;

  public BenchPlan {
    if (windows < 1 || windows > WINDOWS_MAX) {
      throw new IllegalArgumentException("1 to " + WINDOWS_MAX + " windows, not " + windows);
    }
    if (!window.isPositive()) {
      throw new IllegalArgumentException("a window takes time");
    }
  }
}
