package dev.sampo.simulation.deployment;

/**
 * How large a deployment is.
 *
 * @param dataCentres 1 to {@link #DATA_CENTRES_MAX}
 * @param validatorsEach in each data centre; at least {@link #VALIDATORS_MIN} and at most {@link
 *     #VALIDATORS_MAX} in all of them
 * @param ledgers 1 to {@link #LEDGERS_MAX}
 */
public record Shape(int dataCentres, int validatorsEach, int ledgers) {

  public static final int DATA_CENTRES_MAX = 9;
  public static final int VALIDATORS_MIN = 4;
  public static final int VALIDATORS_MAX = 128;
  public static final int LEDGERS_MAX = 256;

  public Shape {
    require(dataCentres >= 1 && dataCentres <= DATA_CENTRES_MAX, "1 to 9 data centres");
    require(validatorsEach >= 1 && validatorsEach <= VALIDATORS_MAX, "1 to 128 validators in each");
    int all = dataCentres * validatorsEach;
    require(all >= VALIDATORS_MIN && all <= VALIDATORS_MAX, "4 to 128 validators together");
    require(ledgers >= 1 && ledgers <= LEDGERS_MAX, "1 to 256 ledgers");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a deployment has " + what);
    }
  }

  int validators() {
    return dataCentres * validatorsEach;
  }

  int dataCentreOf(int validator) {
    return validator / validatorsEach;
  }

  @Override
  public String toString() {
    return dataCentres + "x" + validatorsEach + "x" + ledgers;
  }
}
