package dev.sampo.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Holds back submissions to a node that refuses many for want of room, as being refused costs both
 * sides. The node still gets a tenth more than it takes, so that the client notices when it takes
 * more (client-side throttling: Beyer et al., Site Reliability Engineering, 2016, chapter 21).
 * Thread-safe.
 */
final class OverloadThrottle {

  /** So many times what the node takes is sent to it. */
  static final double SENT_PER_TAKEN = 1.1;

  /** What happened so long ago counts half. */
  static final Duration HALF_LIFE = Duration.ofSeconds(2);

  /** So many refusals of late hold nothing back. */
  static final int REFUSED_FREE = 16;

  private static final Duration STEP = Duration.ofMillis(100);
  private static final double STEP_DECAY =
      Math.pow(0.5, (double) STEP.toNanos() / HALF_LIFE.toNanos());

  private double wanted;
  private double taken;
  private long decayedNanos;

  OverloadThrottle(long nowNanos) {
    this.decayedNanos = nowNanos;
  }

  /** Whether to hold the next submission back, as most of what exceeds what the node takes is. */
  synchronized boolean holdsBack(long nowNanos, RandomGenerator random) {
    decay(nowNanos);
    double probability = (wanted - SENT_PER_TAKEN * taken - REFUSED_FREE) / (wanted + 1);
    boolean held = probability > 0 && random.nextDouble() < probability;
    if (held) {
      wanted++;
    }
    return held;
  }

  /** A submission was refused for want of room. */
  synchronized void refused(long nowNanos) {
    decay(nowNanos);
    wanted++;
  }

  /** A submission was not, whatever else became of it. */
  synchronized void taken(long nowNanos) {
    decay(nowNanos);
    wanted++;
    taken++;
  }

  private void decay(long nowNanos) {
    long steps = (nowNanos - decayedNanos) / STEP.toNanos();
    if (steps > 0) {
      double factor = Math.pow(STEP_DECAY, (double) steps);
      wanted *= factor;
      taken *= factor;
      decayedNanos += steps * STEP.toNanos();
    }
  }
}
