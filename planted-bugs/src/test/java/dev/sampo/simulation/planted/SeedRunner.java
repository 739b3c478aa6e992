package dev.sampo.simulation.planted;

import dev.sampo.simulation.invariant.Violation;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Runs a seed with the machines of its own class loader, shipped or weakened. Says which invariants
 * were violated, in the order of their violations.
 */
public final class SeedRunner implements BiFunction<Long, List<String>, List<String>> {

  @Override
  public List<String> apply(Long seed, List<String> runs) {
    return Runs.decode(runs).run(seed).violations().stream()
        .map(Violation::invariant)
        .distinct()
        .toList();
  }
}
