package dev.sampo.core.consensus.simplex;

import java.time.Duration;

/** How long a view takes until it is notarized, smoothed as in RFC 6298 (TI1); in nanoseconds. */
final class LatencyEstimate {

  private static final long INITIAL_EWMA = Duration.ofMillis(200).toNanos();
  private static final long INITIAL_DEV = Duration.ofMillis(100).toNanos();
  private static final long PUSH_MIN = Duration.ofMillis(5).toNanos();
  private static final long STILL_MIN = Duration.ofSeconds(2).toNanos();
  private static final long STILL_MAX = Duration.ofSeconds(10).toNanos();

  private long ewma = INITIAL_EWMA;
  private long dev = INITIAL_DEV;
  private boolean sampled;

  void sample(long nanos) {
    if (sampled) {
      dev = dev - dev / 4 + Math.abs(ewma - nanos) / 4;
      ewma = ewma - ewma / 8 + nanos / 8;
    } else {
      ewma = nanos;
      dev = nanos / 2;
      sampled = true;
    }
  }

  /** ewmaView; also what passes for a round trip (C4). */
  long ewma() {
    return ewma;
  }

  /** When to ask for what a vote or proposal waits for: soon enough to be of use before T_prop. */
  long askAfter() {
    return Math.max(PUSH_MIN, ewma / 2);
  }

  /** TI2: 3 ewmaView + 4 devView within the bounds; one second before the first sample. */
  long base(Timing timing) {
    return Math.clamp(3 * ewma + 4 * dev, timing.viewMin().toNanos(), timing.viewMax().toNanos());
  }

  /** T_push (C3, C4): by then a peer that is not in trouble has heard by itself. */
  long push() {
    return Math.max(PUSH_MIN, 2 * ewma + 4 * dev);
  }

  /** T_still (S2). */
  long still() {
    return Math.clamp(20 * ewma, STILL_MIN, STILL_MAX);
  }
}
