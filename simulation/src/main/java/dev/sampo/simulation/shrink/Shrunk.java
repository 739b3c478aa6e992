package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.swarm.FaultFamily;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run, and the smallest one found that violates the same invariant.
 *
 * @param invariant the id of the rule that both violate
 * @param runs how many runs were tried
 */
public record Shrunk(String invariant, RunResult before, RunResult after, int runs) {

  /** The command that runs the seed of the first run again, with the faults that it stands for. */
  public String replay() {
    var settings = before.settings();
    var families =
        settings.families().stream().map(FaultFamily::label).collect(Collectors.joining(","));
    var command =
        "./sampo simulate --seed %d --validators %d --faults %s"
            .formatted(settings.seed(), settings.validators(), families);
    return settings.behaviours().equals(List.of(Behaviour.values()))
        ? command
        : command + " --liars " + labels(settings.behaviours());
  }

  private static String labels(List<Behaviour> behaviours) {
    return behaviours.stream().map(Behaviour::label).collect(Collectors.joining(","));
  }

  /** The numbers before and after, in one line. */
  public String summary() {
    return ("%s: events %d -> %d, faults %d -> %d, validators %d -> %d,"
            + " transactions %d -> %d, %d runs")
        .formatted(
            invariant,
            before.events(),
            after.events(),
            before.schedule().size(),
            after.schedule().size(),
            before.settings().validators(),
            after.settings().validators(),
            before.settings().transactions(),
            after.settings().transactions(),
            runs);
  }

  /** The source of a JUnit test that fails as long as the smaller run violates anything. */
  public String regressionTest() {
    return RegressionTest.of(invariant, after);
  }
}
