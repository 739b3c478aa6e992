package dev.sampo.simulation.planted;

import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.run.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Runs a seed with the machines of its own class loader, shipped or weakened. Says which invariants
 * were violated, then the first violation in words; nothing if there was none.
 */
public final class SeedRunner implements BiFunction<Long, List<String>, List<String>> {

  @Override
  public List<String> apply(Long seed, List<String> runs) {
    var violations = Simulation.run(Runs.decode(runs).settings(seed)).violations();
    if (violations.isEmpty()) {
      return List.of();
    }
    var answer = new ArrayList<>(violations.stream().map(Violation::invariant).distinct().toList());
    answer.add(violations.getFirst().toString());
    return answer;
  }
}
