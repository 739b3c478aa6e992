package dev.sampo.cluster.chaos;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.scenario.Scenario;
import dev.sampo.simulation.scenario.ScenarioRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A scenario that a demo can play; a file with any error is refused with all of them. */
public final class ScenarioFile {

  private ScenarioFile() {}

  /**
   * A fault to come.
   *
   * @param at since the start of the scenario
   * @param words in normal form
   */
  public record Step(Duration at, String words) {}

  public static List<Step> read(Path file, int validators) throws IOException {
    Scenario scenario;
    try {
      scenario = Scenario.parse(Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file, missing);
    } catch (ScenarioRefused refused) {
      throw refused(file, refused.flaws().stream().map(Object::toString).toList());
    }
    if (scenario.validators() != validators) {
      throw refused(
          file,
          List.of(
              "it is for %d validators, the demo has %d"
                  .formatted(scenario.validators(), validators)));
    }
    var reasons = new ArrayList<String>();
    for (var timed : scenario.schedule().faults()) {
      Expressible.refusal(timed.fault())
          .ifPresent(reason -> reasons.add(ChaosWords.text(timed.fault()) + ": " + reason));
    }
    if (!reasons.isEmpty()) {
      throw refused(file, reasons);
    }
    return scenario.schedule().faults().stream()
        .map(timed -> new Step(timed.at(), ChaosWords.text(timed.fault())))
        .toList();
  }

  private static CommandFailed refused(Path file, List<String> reasons) {
    return new CommandFailed(
        ExitCode.USAGE, file + " cannot be played:\n  " + String.join("\n  ", reasons));
  }
}
