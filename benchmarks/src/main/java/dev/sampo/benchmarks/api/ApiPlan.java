package dev.sampo.benchmarks.api;

import java.time.Duration;

/**
 * How to ask.
 *
 * @param inFlight requests at a time, in a closed loop
 * @param warmUp of each row, before it is measured
 * @param duration of each row
 */
public record ApiPlan(int inFlight, Duration warmUp, Duration duration) {

  /** Most requests at a time. */
  public static final int IN_FLIGHT_MAX = 1_024;

  public ApiPlan {
    if (inFlight < 1 || inFlight > IN_FLIGHT_MAX) {
      throw new IllegalArgumentException("1 to " + IN_FLIGHT_MAX + " requests at a time");
    }
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a row takes time");
    }
  }
}
