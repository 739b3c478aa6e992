package dev.sampo.core.consensus.simplex;

/** Limits bytes per second; what is above the limit may borrow once and is then refused (S2). */
final class TokenBucket {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long bytesPerSecond;
  private long tokens;
  private long refilledAt;

  /** Holds at most one second's worth. */
  TokenBucket(long bytesPerSecond, long nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.tokens = bytesPerSecond;
    this.refilledAt = nanos;
  }

  /** Takes {@code bytes} if any token is left, even if that leaves a debt to be refilled first. */
  boolean take(long bytes, long nanos) {
    refill(nanos);
    if (tokens <= 0) {
      return false;
    }
    tokens -= bytes;
    return true;
  }

  private void refill(long nanos) {
    // The elapsed time is capped so that the product cannot overflow.
    long elapsed = Math.clamp(nanos - refilledAt, 0, 60 * NANOS_PER_SECOND);
    long gained = elapsed / 1000 * bytesPerSecond / (NANOS_PER_SECOND / 1000);
    if (gained > 0) {
      tokens = Math.min(bytesPerSecond, tokens + gained);
      refilledAt = nanos;
    }
  }
}
