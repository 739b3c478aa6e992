package dev.sampo.cluster.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sampo.cluster.console.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A recording hears of every node in this JVM. */
@Isolated
final class ProfileReportTest {

  @Name("dev.sampo.BlocksApplied")
  static final class Applied extends Event {
    int transactions;
  }

  @Name("dev.sampo.ConsensusStep")
  static final class Step extends Event {
    String input = "";
  }

  @Test
  void tellsEachKindOfStepAndTheCostOfATransaction(@TempDir Path folder) throws Exception {
    var file = folder.resolve("flight.jfr");
    try (var recording = new Recording()) {
      recording.start();
      new Step().commit(); // while the recording begins: not meant
      for (var input : new String[] {"Proposal", "ConsensusVote", "ConsensusVote"}) {
        var step = new Step();
        step.begin();
        step.input = input;
        step.commit();
      }
      var applied = new Applied();
      applied.transactions = 40;
      applied.commit();
      recording.stop();
      recording.dump(file);
    }

    // By the recording's own clock, which need not agree with the system's to the microsecond.
    var from =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.hasField("input") && "Proposal".equals(event.getString("input")))
            .findFirst()
            .orElseThrow()
            .getEndTime();
    var flight = new Flight(file, from, from.plusSeconds(2), Duration.ofMillis(20));
    var report = ProfileReport.of(flight);

    var json = new ObjectMapper().readTree(Json.of(report.json()));
    assertThat(json.get("transactions").asLong()).isEqualTo(40);
    assertThat(json.get("seconds").asDouble()).isEqualTo(2);
    assertThat(json.get("steps").findValuesAsText("step"))
        .containsExactly("blocks applied", "consensus: ConsensusVote", "consensus: Proposal");
    assertThat(json.get("steps").findValuesAsText("count")).containsExactly("1", "2", "1");
    assertThat(report.text()).contains("consensus: ConsensusVote", file.toString());
  }

  @Test
  void whatNoSampleOfJavaExplainsIsOutsideOfIt(@TempDir Path folder) throws Exception {
    var file = folder.resolve("flight.jfr");
    try (var recording = new Recording()) {
      recording.start();
      recording.stop();
      recording.dump(file);
    }

    var from = Instant.now();
    var report =
        ProfileReport.of(new Flight(file, from, from.plusSeconds(1), Duration.ofMillis(300)));

    var json = new ObjectMapper().readTree(Json.of(report.json()));
    assertThat(json.get("cpu_ms").asLong()).isEqualTo(300);
    assertThat(json.get("stages").get(0).get("stage").asText()).isEqualTo("outside java");
    assertThat(json.get("stages").get(0).get("share").asDouble()).isEqualTo(1);
  }
}
