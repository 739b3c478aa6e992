package dev.sampo.simulation.planted;

import dev.sampo.simulation.planted.CatchTable.Catch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for the first seed that shows a planted bug: one at which the shipped machines violate
 * nothing.
 */
final class Search {

  /** What a seed gives with shipped machines does not depend on the bug that asks. */
  private record Run(long seed, List<String> runs) {}

  private static final Map<Run, List<String>> SHIPPED = new ConcurrentHashMap<>();

  private Search() {}

  static Optional<Catch> from(PlantedBug bug, long first, int seeds) {
    try (var weakened = WeakenedMachines.with(bug.edits())) {
      var runner = weakened.runner();
      var runs = bug.runs().encoded();
      for (long seed = first; seed < first + seeds; seed++) {
        var violated = runner.apply(seed, runs);
        if (!violated.isEmpty() && shipped(bug, seed).isEmpty()) {
          return Optional.of(new Catch(bug.id(), violated, seed));
        }
      }
      return Optional.empty();
    }
  }

  /** What the shipped machines violate in the runs of this bug. */
  static List<String> shipped(PlantedBug bug, long seed) {
    return SHIPPED.computeIfAbsent(
        new Run(seed, bug.runs().encoded()), run -> new SeedRunner().apply(run.seed(), run.runs()));
  }
}
