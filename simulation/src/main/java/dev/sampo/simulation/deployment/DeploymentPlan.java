package dev.sampo.simulation.deployment;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * One load on one deployment.
 *
 * @param costs what its processors spend
 * @param percent of {@link #capacity()} that clients offer, at least 1
 * @param measured how long is measured, after a warm-up
 * @param lost the data centre that is lost after the measurement; then what is left of the
 *     deployment is measured as long again. None if absent
 */
public record DeploymentPlan(
    Shape shape,
    Hardware hardware,
    Costs costs,
    int percent,
    Duration measured,
    OptionalInt lost,
    long seed) {

  public DeploymentPlan {
    if (percent < 1) {
      throw new IllegalArgumentException("a load is at least a percent of the capacity");
    }
    if (!measured.isPositive()) {
      throw new IllegalArgumentException("what is measured takes time");
    }
    if (lost.isPresent() && (lost.getAsInt() < 0 || lost.getAsInt() >= shape.dataCentres())) {
      throw new IllegalArgumentException("no such data centre: " + lost.getAsInt());
    }
  }

  /** Transfers a second that the processors would carry if every block were full. */
  public double capacity() {
    int cores = hardware.cores() * shape.validators();
    return costs.capacity(Committees.of(shape), cores);
  }

  /** Transfers a second that clients submit. */
  public double offered() {
    return capacity() * percent / 100;
  }
}
