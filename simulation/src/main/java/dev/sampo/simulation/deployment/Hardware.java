package dev.sampo.simulation.deployment;

import java.time.Duration;

/**
 * What each validator's machine has, and what lies between data centres.
 *
 * @param cores of a validator
 * @param sync how long its disk takes for one synced write; the next one waits for it
 * @param linkBits how many bits a second a validator can send, to whomever
 * @param betweenBits how many bits a second fit from one data centre to another, for all of its
 *     validators together
 * @param within one way inside a data centre
 * @param nearest one way between the two data centres that are closest to each other
 * @param farthest one way between those that are farthest apart; others lie evenly between
 */
public record Hardware(
    int cores,
    Duration sync,
    long linkBits,
    long betweenBits,
    Duration within,
    Duration nearest,
    Duration farthest) {

  /**
   * The machine of docs/benchmarks.md, alone for one validator: two cores, and 0.31 ms for a synced
   * write. Links of 1 Gbit/s, 0.5 ms inside a data centre, and 20 to 40 ms between them.
   */
  public static final Hardware DEFAULT =
      new Hardware(
          2,
          Duration.ofNanos(310_000),
          1_000_000_000,
          1_000_000_000,
          Duration.ofNanos(500_000),
          Duration.ofMillis(20),
          Duration.ofMillis(40));

  public Hardware {
    if (cores < 1 || linkBits < 1 || betweenBits < 1) {
      throw new IllegalArgumentException("cores and bits a second are positive");
    }
    if (sync.isNegative() || within.isNegative() || farthest.compareTo(nearest) < 0) {
      throw new IllegalArgumentException("times are not negative, nearest is at most farthest");
    }
  }

  /** The same with so many cores in each validator. */
  public Hardware withCores(int count) {
    return new Hardware(count, sync, linkBits, betweenBits, within, nearest, farthest);
  }

  /** The same with such a link of each validator, in bits a second. */
  public Hardware withLink(long bits) {
    return new Hardware(cores, sync, bits, betweenBits, within, nearest, farthest);
  }

  /** The same with such links between data centres, in bits a second. */
  public Hardware withBetween(long bits) {
    return new Hardware(cores, sync, linkBits, bits, within, nearest, farthest);
  }

  /** The same with disks that take so long for a synced write. */
  public Hardware withSync(Duration each) {
    return new Hardware(cores, each, linkBits, betweenBits, within, nearest, farthest);
  }

  /** One way from a data centre to another one, equal both ways. */
  Duration between(int one, int other, int dataCentres) {
    int low = Math.min(one, other);
    int high = Math.max(one, other);
    int pairs = dataCentres * (dataCentres - 1) / 2;
    int place = low * (2 * dataCentres - low - 1) / 2 + high - low - 1;
    var range = farthest.minus(nearest);
    return pairs == 1 ? nearest : nearest.plus(range.multipliedBy(place).dividedBy(pairs - 1));
  }
}
