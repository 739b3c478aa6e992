package dev.sampo.core.types;

/** A period with one validator set, counted from 0. */
public record Epoch(long number) implements Comparable<Epoch> {

  public static final Epoch ZERO = new Epoch(0);

  public Epoch {
    if (number < 0) {
      throw new IllegalArgumentException("Epoch must not be negative: " + number);
    }
  }

  public static Epoch of(long number) {
    return new Epoch(number);
  }

  public Epoch next() {
    return new Epoch(Math.addExact(number, 1));
  }

  public Epoch plus(long distance) {
    return new Epoch(Math.addExact(number, distance));
  }

  public boolean isAfter(Epoch other) {
    return number > other.number;
  }

  public boolean isBefore(Epoch other) {
    return number < other.number;
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
