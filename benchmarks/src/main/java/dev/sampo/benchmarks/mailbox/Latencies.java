package dev.sampo.benchmarks.mailbox;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies in nanoseconds, as HdrHistogram keeps them.
 *
 * @param oneWay from the sending actor to the receiving one
 * @param roundTrip until the sending actor has the answer
 */
record Latencies(Histogram oneWay, Histogram roundTrip) {

  private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int DIGITS = 3;

  static Latencies none() {
    return new Latencies(
        new Histogram(HIGHEST_NANOS, DIGITS), new Histogram(HIGHEST_NANOS, DIGITS));
  }

  void record(long oneWayNanos, long roundTripNanos) {
    oneWay.recordValue(Math.clamp(oneWayNanos, 0, HIGHEST_NANOS));
    roundTrip.recordValue(Math.clamp(roundTripNanos, 0, HIGHEST_NANOS));
  }
}
