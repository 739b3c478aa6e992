package dev.sampo.simulation.planted;

import java.util.List;
import java.util.Optional;

/** Looks for the first seed that shows a planted bug. */
final class Search {

  /**
   * The seed that shows the bug.
   *
   * @param invariants that were violated, in the order of their violations
   * @param message the first violation in words
   */
  record Found(long seed, List<String> invariants, String message) {}

  private Search() {}

  static Optional<Found> from(PlantedBug bug, long first, int seeds) {
    var runner = WeakenedMachines.with(bug.edits());
    var runs = bug.runs().encoded();
    for (long seed = first; seed < first + seeds; seed++) {
      var answer = runner.apply(seed, runs);
      if (!answer.isEmpty()) {
        var invariants = answer.subList(0, answer.size() - 1);
        return Optional.of(new Found(seed, invariants, answer.getLast()));
      }
    }
    return Optional.empty();
  }
}
