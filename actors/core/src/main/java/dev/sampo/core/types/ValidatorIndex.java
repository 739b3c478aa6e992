package dev.sampo.core.types;

/** The place of a validator in the validator set of an epoch, 0..n-1. */
public record ValidatorIndex(int number) implements Comparable<ValidatorIndex> {

  public ValidatorIndex {
    if (number < 0 || number >= ValidatorSet.MAX_SIZE) {
      throw new IllegalArgumentException("validator index out of range: " + number);
    }
  }

  public static ValidatorIndex of(int number) {
    return new ValidatorIndex(number);
  }

  @Override
  public int compareTo(ValidatorIndex other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
