package dev.sampo.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChaosWordsTest {

  private final ChaosWords words =
      ChaosWords.of(List.of("v1", "v2", "v3", "v4"), List.of("a", "a", "b", "b"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "partition a | b; partition 0,1 | 2,3",
        "partition v1,v2 | v3 | v4; partition 0,1 | 2 | 3",
        "heal; heal",
        "cut v1>v3; cut 0>2",
        "delay *>v2 20ms..200ms; delay *>1 20ms..200ms",
        "drop v4>* 2%; drop 3>* 2%",
        "crash v3; crash 2 kept",
        "restart v3; restart 2",
        "restart 2; restart 2"
      })
  void readsWhatPeopleWriteAndPrintsItAsScenariosDo(String written, String normal) {
    assertThat(words.normal(written)).isEqualTo(normal);
    assertThat(words.normal(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "partition",
        "partition a | c",
        "partition a | v1",
        "cut *>v1",
        "delay *>* soon",
        "drop *>* 101%",
        "crash",
        "partitoin a | b",
        "crash v3 torn",
        "pause v3 5s",
        "skew-clock v1 +3s",
        "corrupt v1 equivocate",
        "duplicate *>* 5%",
        "wipe-disk v1"
      })
  void refusesWhatIsWrongOrCannotBeDone(String written) {
    assertThatThrownBy(() -> words.normal(written))
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(failed.text()).isNotBlank();
            });
  }

  @Test
  void suggestsTheNearestWord() {
    assertThatThrownBy(() -> words.normal("partitoin a | b")).hasMessageContaining("partition");
  }

  @Test
  void anUnknownValidatorIsNotFound() {
    assertThatThrownBy(() -> words.normal("crash v9"))
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.NOT_FOUND))
        .hasMessageContaining("v1, v2, v3, v4");
  }
}
