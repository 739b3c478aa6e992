package dev.sampo.core.types;

/**
 * Ledger time in milliseconds since 1970-01-01T00:00Z, as block headers state it; never a local
 * clock.
 */
public record LedgerTime(long millis) implements Comparable<LedgerTime> {

  public LedgerTime {
    if (millis < 0) {
      throw new IllegalArgumentException("time must not be negative: " + millis);
    }
  }

  public static LedgerTime ofMillis(long millis) {
    return new LedgerTime(millis);
  }

  /** Saturates at the largest representable time. */
  public LedgerTime plusMillis(long distance) {
    long sum = millis + distance;
    return new LedgerTime(distance > 0 && sum < 0 ? Long.MAX_VALUE : sum);
  }

  public boolean isAfter(LedgerTime other) {
    return millis > other.millis;
  }

  public boolean isBefore(LedgerTime other) {
    return millis < other.millis;
  }

  @Override
  public int compareTo(LedgerTime other) {
    return Long.compare(millis, other.millis);
  }
}
