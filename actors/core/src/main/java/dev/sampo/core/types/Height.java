package dev.sampo.core.types;

/** The number of a block in the ledger, counted from 1; 0 is genesis. */
public record Height(long number) implements Comparable<Height> {

  public static final Height ZERO = new Height(0);

  public Height {
    if (number < 0) {
      throw new IllegalArgumentException("Height must not be negative: " + number);
    }
  }

  public static Height of(long number) {
    return new Height(number);
  }

  public Height next() {
    return new Height(Math.addExact(number, 1));
  }

  public Height plus(long distance) {
    return new Height(Math.addExact(number, distance));
  }

  public boolean isAfter(Height other) {
    return number > other.number;
  }

  public boolean isBefore(Height other) {
    return number < other.number;
  }

  @Override
  public int compareTo(Height other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
