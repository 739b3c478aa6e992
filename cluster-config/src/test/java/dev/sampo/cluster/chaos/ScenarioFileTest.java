package dev.sampo.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioFileTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("bad-day.scenario"), text);
  }

  @Test
  void readsTheStepsOfAScenario() throws IOException {
    var file =
        file(
            """
            sampo-scenario 1
            data-centre a 0,1
            data-centre b 2,3
            at 1s partition a | b   # the usual
            at 3s heal
            """);
    assertThat(ScenarioFile.read(file, 4))
        .containsExactly(
            new ScenarioFile.Step(Duration.ofSeconds(1), "partition 0,1 | 2,3"),
            new ScenarioFile.Step(Duration.ofSeconds(3), "heal"));
  }

  @Test
  void listsAllErrorsWithTheirLines() throws IOException {
    var file = file("sampo-scenario 1\nat 1s partitoin 0 | 1\nat 2s crash 9\n");
    assertThatThrownBy(() -> ScenarioFile.read(file, 4))
        .hasMessageContaining("line 2")
        .hasMessageContaining("line 3")
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void listsAllThatRealProcessesCannotBeGiven() throws IOException {
    var file = file("sampo-scenario 1\nat 1s skew-clock 0 +3s\nat 2s corrupt 1 equivocate\n");
    assertThatThrownBy(() -> ScenarioFile.read(file, 4))
        .hasMessageContaining("skew-clock 0")
        .hasMessageContaining("corrupt 1 equivocate");
  }

  @Test
  void refusesAScenarioForOthersAndAFileThatIsNotThere() throws IOException {
    var file = file("sampo-scenario 1\nvalidators 7\nat 1s heal\n");
    assertThatThrownBy(() -> ScenarioFile.read(file, 4)).hasMessageContaining("7 validators");
    assertThatThrownBy(() -> ScenarioFile.read(folder.resolve("none"), 4))
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.NOT_FOUND));
  }
}
