package dev.sampo.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBenchmarksTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<String> said = new ArrayList<>();
  private final MicroBenchmarks benchmarks = new MicroBenchmarks(said::add);

  @Test
  void everyBenchmarkRunsAndIsReported() {
    var report = benchmarks.run(new MicroPlan(List.of(), 0, 0, 1, SHORT));

    assertThat(report.figures().stream().map(MicroFigure::name).distinct().sorted())
        .containsExactly(
            "Codec.decodeCertificate",
            "Codec.decodeProposal",
            "Codec.decodeTransfer",
            "Codec.encodeCertificate",
            "Codec.encodeProposal",
            "Codec.encodeTransfer",
            "Consensus.notarizeAndFinalizeABlock",
            "Execution.executeTwoHundredTransfers",
            "Mailbox.hop",
            "Signature.sign",
            "Signature.verifyTransaction",
            "Signature.verifyVote",
            "StateTree.prove",
            "StateTree.updateTwoHundred")
        .isEqualTo(benchmarks.names());
    assertThat(report.figures()).allSatisfy(figure -> assertThat(figure.micros()).isPositive());
    assertThat(report.text()).contains("Codec.decodeProposal", "provider=BOUNCY_CASTLE");
    assertThat(Json.of(report.json())).contains("\"name\":\"Mailbox.hop\"", "\"per_second\":");
  }

  @Test
  void namesChooseBenchmarksWhateverTheirCase() {
    var report = benchmarks.run(new MicroPlan(List.of("codec.DECODE"), 0, 0, 1, SHORT));

    assertThat(report.figures().stream().map(MicroFigure::name))
        .containsExactly("Codec.decodeCertificate", "Codec.decodeProposal", "Codec.decodeTransfer");
  }

  @Test
  void aNameThatNoBenchmarkHasIsAMistakeOfTheUser() {
    var plan = new MicroPlan(List.of("tea"), 0, 0, 1, SHORT);

    assertThatThrownBy(() -> benchmarks.run(plan))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("Codec.decodeProposal");
  }
}
