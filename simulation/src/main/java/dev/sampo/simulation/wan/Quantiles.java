package dev.sampo.simulation.wan;

import java.util.Arrays;

/** The median and the 99th percentile, by nearest rank; in one-way delays or other units. */
public record Quantiles(double p50, double p99) {

  /** Of at least one time, in units of so many nanoseconds. */
  public static Quantiles of(long[] nanos, long unitNanos) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Quantiles(at(sorted, 50, unitNanos), at(sorted, 99, unitNanos));
  }

  private static double at(long[] sorted, int percent, long unitNanos) {
    int rank = (sorted.length * percent + 99) / 100;
    return (double) sorted[rank - 1] / unitNanos;
  }
}
