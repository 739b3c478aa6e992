package dev.sampo.core.types;

/**
 * A numbered attempt of one leader to add one block, counted from 1 within an epoch; 0 is genesis.
 */
public record View(long number) implements Comparable<View> {

  public static final View ZERO = new View(0);

  public View {
    if (number < 0) {
      throw new IllegalArgumentException("View must not be negative: " + number);
    }
  }

  public static View of(long number) {
    return new View(number);
  }

  public View next() {
    return new View(Math.addExact(number, 1));
  }

  public View plus(long distance) {
    return new View(Math.addExact(number, distance));
  }

  public boolean isAfter(View other) {
    return number > other.number;
  }

  public boolean isBefore(View other) {
    return number < other.number;
  }

  @Override
  public int compareTo(View other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
