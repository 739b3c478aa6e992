package dev.sampo.node.placing;

import java.time.Duration;

/**
 * When a node may try once more to take over a ledger that it has lost, so that two halves of a
 * validator that do not see each other do not take it from each other without end. Times are
 * monotonic nanoseconds.
 *
 * @param losses in a row
 * @param notBeforeNanos no attempt starts before
 */
record BackOff(int losses, long notBeforeNanos) {

  private static final int DOUBLINGS_MAX = 20;

  /** After one more loss; {@code random} in [0, 1) spreads the wait over its upper half. */
  static BackOff after(int losses, PlacingSettings.Timing timing, long nowNanos, double random) {
    int doublings = Math.min(losses - 1, DOUBLINGS_MAX);
    var doubled = timing.backOffFirst().multipliedBy(1L << doublings);
    Duration longest = doubled.compareTo(timing.backOffMax()) < 0 ? doubled : timing.backOffMax();
    long wait = (long) (longest.toNanos() * (0.5 + random / 2));
    return new BackOff(losses, nowNanos + wait);
  }

  boolean permits(long nowNanos) {
    return nowNanos - notBeforeNanos >= 0;
  }
}
