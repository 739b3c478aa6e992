package dev.sampo.simulation.wan;

import dev.sampo.core.types.ValidatorSet;
import java.time.Duration;

/**
 * A ledger without faults whose messages all take equally long.
 *
 * @param validators 1 to {@link ValidatorSet#MAX_SIZE}
 * @param delay one way, at least a millisecond
 * @param transactions how many are measured, at least 1; as many as it takes the ledger to get
 *     going come before them
 */
public record WanPlan(int validators, Duration delay, WanLoad load, int transactions) {

  public static final Duration DELAY_MIN = Duration.ofMillis(1);

  /** A lone transaction is final, and its attestations have come, long before the next. */
  private static final double LONE_DELAYS = 14;

  public WanPlan {
    if (validators < 1 || validators > ValidatorSet.MAX_SIZE) {
      throw new IllegalArgumentException("1 to " + ValidatorSet.MAX_SIZE + " validators");
    }
    if (delay.compareTo(DELAY_MIN) < 0) {
      throw new IllegalArgumentException("a message takes at least a millisecond");
    }
    if (transactions < 1) {
      throw new IllegalArgumentException("at least one transaction is measured");
    }
  }

  /** So many one-way delays are this. */
  Duration delays(double count) {
    return Duration.ofNanos(Math.round(delay.toNanos() * count));
  }

  /** Between two transactions of the whole ledger. */
  Duration apart() {
    return load.isBusy() ? delays(load.delaysApart() / validators) : delays(LONE_DELAYS);
  }
}
