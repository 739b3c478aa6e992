package dev.sampo.client;

import java.time.Duration;

/**
 * How long a node may leave a transaction undecided before another one gets it too. Follows the
 * time that transactions take, as RFC 6298 follows a round trip. When many are late at once it is
 * the ledger that is slow, not a node: so those that are handed on early come out of a budget (as
 * gRPC throttles retries, gRFC A6), and cannot multiply the load. Thread-safe.
 */
final class Patience {

  /** After this long another node gets the transaction in any case (L8). */
  static final Duration MAX = Duration.ofSeconds(5);

  /** Shorter ones would hand on what only waits for the next block. */
  static final Duration MIN = Duration.ofMillis(250);

  /** So many may be handed on early in a row. */
  static final int BUDGET_MAX = 32;

  /** So many decisions allow to hand one more on. */
  static final int DECISIONS_FOR_ONE = 50;

  private long smoothedNanos;
  private long deviationNanos;
  private int credit = BUDGET_MAX * DECISIONS_FOR_ONE;

  /** The first of a transaction's rounds is number 1; each is twice as long as the one before. */
  synchronized Duration forRound(int round) {
    if (smoothedNanos == 0) {
      return MAX;
    }
    var first = Duration.ofNanos(Math.max(smoothedNanos + 4 * deviationNanos, MIN.toNanos()));
    var doubled = first.multipliedBy(1L << Math.clamp(round - 1, 0, 10));
    return doubled.compareTo(MAX) < 0 ? doubled : MAX;
  }

  /** A transaction was decided so long after it was first sent. */
  synchronized void decided(Duration after) {
    long nanos = Math.max(after.toNanos(), 1);
    if (smoothedNanos == 0) {
      smoothedNanos = nanos;
      deviationNanos = nanos / 2;
    } else {
      deviationNanos += (Math.abs(nanos - smoothedNanos) - deviationNanos) / 4;
      smoothedNanos += (nanos - smoothedNanos) / 8;
    }
    credit = Math.min(credit + 1, BUDGET_MAX * DECISIONS_FOR_ONE);
  }

  /** Whether one more may be handed on before {@link #MAX}; if so, it is counted. */
  synchronized boolean takeTurn() {
    if (credit < DECISIONS_FOR_ONE) {
      return false;
    }
    credit -= DECISIONS_FOR_ONE;
    return true;
  }
}
