package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.chart.SequenceChart;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.shrink.Shrinker;
import dev.sampo.simulation.shrink.Shrunk;
import dev.sampo.simulation.world.Machines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What is left of a violation for whoever mends it: a smaller run that violates the same, as a
 * sequence chart and as a test.
 */
final class FailureFiles {

  private static final int ROWS = 400;

  private final Path folder;
  private final Machines machines;
  private final Duration longest;

  /** Files go to {@code folder}; the search for a smaller run ends after {@code longest}. */
  FailureFiles(Path folder, Machines machines, Duration longest) {
    this.folder = folder;
    this.machines = machines;
    this.longest = longest;
  }

  void write(RunResult failed, Console console) {
    console.say(
        "shrinking seed " + failed.settings().seed() + ", at most " + longest.toSeconds() + " s");
    var shrunk =
        Shrinker.shrink(failed.settings(), failed.schedule(), machines, longest, System::nanoTime);
    console.say("  shrunk: " + shrunk.summary());
    var after = shrunk.after();
    var chart = SequenceChart.draw(after.settings(), after.schedule(), machines, ROWS);
    console.say("  chart: " + put("violation-" + failed.settings().seed() + ".html", chart));
    console.say("  test: " + put(testName(shrunk), shrunk.regressionTest()));
  }

  /** A Java file has the name of its class. */
  private static String testName(Shrunk shrunk) {
    var source = shrunk.regressionTest();
    int begin = source.indexOf("final class ") + "final class ".length();
    return source.substring(begin, source.indexOf(' ', begin)) + ".java";
  }

  private Path put(String name, String text) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write " + folder.resolve(name) + ": " + unwritable.getMessage());
    }
  }
}
