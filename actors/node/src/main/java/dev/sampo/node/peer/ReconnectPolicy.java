package dev.sampo.node.peer;

import java.time.Duration;

/**
 * When a broken link may be dialled again: exponential back-off with jitter and a circuit breaker
 * (S15). Times are monotonic nanoseconds.
 *
 * @param failures consecutive failed attempts
 * @param nextNanos no attempt starts before
 */
record ReconnectPolicy(ReconnectSettings settings, int failures, Breaker breaker, long nextNanos) {

  /** A policy that permits an attempt at once. */
  static ReconnectPolicy fresh(ReconnectSettings settings, long nowNanos) {
    return new ReconnectPolicy(settings, 0, Breaker.CLOSED, nowNanos);
  }

  /** Whether an attempt may start; in half-open the one attempt is already under way. */
  boolean permits(long nowNanos) {
    return breaker != Breaker.HALF_OPEN && nowNanos - nextNanos >= 0;
  }

  Duration delay(long nowNanos) {
    return Duration.ofNanos(Math.max(0, nextNanos - nowNanos));
  }

  /** An attempt that {@link #permits} allows has started. */
  ReconnectPolicy attempted() {
    return breaker == Breaker.OPEN
        ? new ReconnectPolicy(settings, failures, Breaker.HALF_OPEN, nextNanos)
        : this;
  }

  /** The attempt or the established link has failed; {@code random} in [0, 1) spreads the delay. */
  ReconnectPolicy failed(long nowNanos, double random) {
    int count = Math.min(failures, settings.failuresMax()) + 1;
    boolean opens = breaker != Breaker.CLOSED || count >= settings.failuresMax();
    var longest = opens ? settings.open() : backOff(count);
    // Half of the delay is fixed, so that peers that failed together neither return together nor at
    // once.
    long delayNanos = (long) (longest.toNanos() * (0.5 + random / 2));
    return new ReconnectPolicy(
        settings, count, opens ? Breaker.OPEN : Breaker.CLOSED, nowNanos + delayNanos);
  }

  private Duration backOff(int count) {
    var doubled = settings.first().multipliedBy(1L << Math.min(count - 1, 20));
    return doubled.compareTo(settings.cap()) < 0 ? doubled : settings.cap();
  }
}
