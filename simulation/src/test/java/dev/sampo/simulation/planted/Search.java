package dev.sampo.simulation.planted;

import dev.sampo.simulation.planted.CatchTable.Catch;
import java.util.Optional;

/**
 * Looks for the first seed that shows a planted bug: one at which the shipped machines violate
 * nothing.
 */
final class Search {

  private Search() {}

  static Optional<Catch> from(PlantedBug bug, long first, int seeds) {
    var runner = WeakenedMachines.with(bug.edits());
    var runs = bug.runs().encoded();
    for (long seed = first; seed < first + seeds; seed++) {
      var violated = runner.apply(seed, runs);
      if (!violated.isEmpty() && new SeedRunner().apply(seed, runs).isEmpty()) {
        return Optional.of(new Catch(bug.id(), violated, seed));
      }
    }
    return Optional.empty();
  }
}
