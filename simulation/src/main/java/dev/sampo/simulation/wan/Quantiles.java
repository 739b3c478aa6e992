package dev.sampo.simulation.wan;

import java.util.Arrays;

/** The median and the 99th percentile, by nearest rank; in one-way delays. */
public record Quantiles(double p50, double p99) {

  static Quantiles of(long[] nanos, long delayNanos) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Quantiles(at(sorted, 50, delayNanos), at(sorted, 99, delayNanos));
  }

  private static double at(long[] sorted, int percent, long delayNanos) {
    int rank = (sorted.length * percent + 99) / 100;
    return (double) sorted[rank - 1] / delayNanos;
  }
}
