package dev.sampo.simulation.run;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run showed.
 *
 * @param commits blocks that became final, each counted once
 * @param simulated how much virtual time went by
 * @param eventHash over all events in order; equal for equal settings and schedule
 * @param sometimes how often each rare branch was taken, by its name; 0 for never
 */
public record RunResult(
    SimulationSettings settings,
    FaultSchedule schedule,
    List<Violation> violations,
    long commits,
    Duration simulated,
    long events,
    long eventHash,
    SortedMap<String, Long> sometimes) {

  public RunResult {
    violations = List.copyOf(violations);
  }

  public boolean isClean() {
    return violations.isEmpty();
  }
}
