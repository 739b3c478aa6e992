package dev.sampo.cluster.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.console.Console;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureFilesTest {

  /** Speaks before it persists. */
  private static final Machines HASTY =
      new Machines() {
        @Override
        public Barrier barrier(ValidatorIndex self) {
          return new Barrier() {
            @Override
            public List<Effect> admit(List<Effect> effects) {
              return effects;
            }

            @Override
            public List<Effect> persisted(long sequence) {
              return List.of();
            }
          };
        }
      };

  @Test
  void leavesAChartAndATestOfASmallerRun(@TempDir Path folder) throws Exception {
    var settings =
        SimulationSettings.of(3)
            .withProfile(Profile.UNBOUNDED)
            .withTransactions(20)
            .withDuration(Duration.ofSeconds(10));
    var failed = Simulation.run(settings, FaultSchedule.NONE, HASTY);
    var talk = new StringWriter();
    var console =
        new Console(
            new PrintWriter(new StringWriter()), new PrintWriter(talk), Console.Format.TEXT);

    new FailureFiles(folder, HASTY, Duration.ofSeconds(1)).write(failed, console);

    assertThat(failed.violations().getFirst().invariant()).isEqualTo("I6");
    assertThat(talk.toString()).contains("I6: events").contains("violation-3.html");
    assertThat(folder.resolve("violation-3.html")).content().contains("<svg");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith("Test.java")))
          .singleElement()
          .satisfies(file -> assertThat(file).content().contains("@Test"));
    }
  }
}
