package dev.sampo.simulation.explore;

import java.time.Duration;
import java.util.List;

/**
 * What an exploration covered and found.
 *
 * @param enumerated scenarios of the families
 * @param reduced those that are left when machines with equal parts are interchangeable
 * @param covered those of the share
 * @param run those that had to be run, since no other one shows the same
 * @param events inputs that engines were given in all of them
 */
public record ExplorationResult(
    long enumerated,
    long reduced,
    long covered,
    long run,
    long events,
    List<Violation> violations,
    Duration elapsed) {

  /** A broken invariant, and the scenario that {@link Exploration#replay} repeats it with. */
  public record Violation(Scenario scenario, String reason) {}

  public ExplorationResult {
    violations = List.copyOf(violations);
  }
}
