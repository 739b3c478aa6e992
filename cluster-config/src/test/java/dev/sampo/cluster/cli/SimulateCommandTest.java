package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sampo.simulation.run.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulator's command line as a contract. */
@Order(1)
final class SimulateCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter talk = new StringWriter();

  @Test
  @Tag("fault-106")
  void theSameSeedsHaveTheSameHashHoweverTheyAreScheduled() throws IOException {
    assertThat(run("--seeds", "6", "--validators", "4", "-o", "json")).isZero();
    var first = json();

    assertThat(run("--seeds", "6", "--validators", "4", "-o", "json")).isZero();

    assertThat(json().get("event_hash")).isEqualTo(first.get("event_hash"));
    assertThat(first.get("seeds").asLong()).isEqualTo(6);
    assertThat(first.get("violations").asLong()).isZero();
    assertThat(first.get("commits").asLong()).isPositive();
    assertThat(first.get("commits_per_seed").asDouble()).isPositive();
    assertThat(first.get("simulated_hours").asDouble()).isPositive();
    assertThat(first.get("seeds_per_core_hour").asLong()).isPositive();
    assertThat(first.get("sometimes").get("view ended by nullification").asLong()).isPositive();
  }

  @Test
  void aSeedAloneIsThatSeed() throws IOException {
    assertThat(run("--seed", "v5:3", "--faults", "loss,crash", "-o", "json")).isZero();

    assertThat(json().get("first_seed").asLong()).isEqualTo(3);
    assertThat(json().get("seeds").asLong()).isEqualTo(1);
    // Only Byzantine faults make an adversary, so each of these branches is one that is missing.
    assertThat(talk.toString()).contains("rare branches that no run took").contains("adversary");
  }

  @Test
  void severalLedgersSendEachOtherPackets() throws IOException {
    assertThat(run("--ledgers", "3", "--seeds", "4", "-o", "json")).isZero();
    var first = json();

    assertThat(run("--ledgers", "3", "--seeds", "4", "-o", "json")).isZero();

    assertThat(json().get("event_hash")).isEqualTo(first.get("event_hash"));
    assertThat(first.get("seeds").asLong()).isEqualTo(4);
    assertThat(first.get("violations").asLong()).isZero();
    assertThat(first.get("sometimes").get("packet received").asLong()).isPositive();
    assertThat(first.get("sometimes").get("packet timed out").asLong()).isPositive();
  }

  @Test
  void aRangeOfLedgersIsDrawnFromBySeeds() throws IOException {
    assertThat(run("--ledgers", "2-3", "--seed", "4", "-o", "json")).isZero();
    var two = json();
    assertThat(run("--ledgers", "2-3", "--seed", "5", "-o", "json")).isZero();
    var three = json();

    assertThat(run("--ledgers", "2", "--seed", "4", "-o", "json")).isZero();
    assertThat(json().get("event_hash")).isEqualTo(two.get("event_hash"));
    assertThat(run("--ledgers", "3", "--seed", "5", "-o", "json")).isZero();
    assertThat(json().get("event_hash")).isEqualTo(three.get("event_hash"));
  }

  @Test
  void severalLedgersAreTwoToEight() {
    assertThat(run("--ledgers", "1")).isEqualTo(2);
    assertThat(run("--ledgers", "9")).isEqualTo(2);
    assertThat(run("--ledgers", "3-9")).isEqualTo(2);
    assertThat(run("--ledgers", "5-3")).isEqualTo(2);
    assertThat(run("--ledgers", "many")).isEqualTo(2);
    assertThat(talk.toString()).contains("'many' is not a number");
    assertThat(run("--ledgers", "2", "--validators", "8")).isEqualTo(2);
    assertThat(talk.toString()).contains("1 to 7 with --ledgers");
    assertThat(run("--ledgers", "2", "--wan")).isEqualTo(2);
    assertThat(run("--ledgers", "2", "--explore")).isEqualTo(2);
  }

  @Test
  void aWideAreaNetworkIsMeasuredForEachSize() throws IOException {
    assertThat(run("--wan", "--validators", "4,7", "--delay", "25ms", "-o", "json")).isZero();

    var runs = json().get("runs");
    assertThat(json().get("delay_ms").asLong()).isEqualTo(25);
    assertThat(json().get("sound").asBoolean()).isTrue();
    assertThat(runs).hasSize(8);
    assertThat(runs.get(0).get("validators").asInt()).isEqualTo(4);
    assertThat(runs.get(7).get("validators").asInt()).isEqualTo(7);
    assertThat(runs.get(0).get("load").asText()).isEqualTo("inline-idle");
    assertThat(runs.get(0).get("ways").get(0).get("proposal_to_final_delays_p50").asDouble())
        .isBetween(3.0, 3.5);
    assertThat(runs.get(7).get("consensus_messages_expected").asLong()).isEqualTo(90);
  }

  @Test
  void aWideAreaNetworkTakesNeitherSeedsNorFaults() {
    assertThat(run("--wan", "--seeds", "3")).isEqualTo(2);
    assertThat(run("--wan", "--faults", "loss")).isEqualTo(2);
    assertThat(run("--wan", "--explore")).isEqualTo(2);
    assertThat(run("--wan", "--validators", "4,129")).isEqualTo(2);
    assertThat(run("--delay", "40ms")).isEqualTo(2);
    assertThat(run("--validators", "4,7")).isEqualTo(2);
  }

  @Test
  void aDeploymentIsMeasuredAtEachLoadAndWithoutADataCentre() throws IOException {
    var line =
        new String[] {
          "--deployment", "2x2x2", "--cores", "1", "--loads", "2,1", "--for", "1s", "-o", "json"
        };
    assertThat(run(line)).isZero();

    var runs = json().get("runs");
    assertThat(json().get("sound").asBoolean()).isTrue();
    assertThat(runs).hasSize(3);
    assertThat(runs.get(0).get("load_percent").asInt()).isEqualTo(1);
    assertThat(runs.get(0).get("committed_per_second").asDouble()).isPositive();
    assertThat(runs.get(0).get("fullest").asText()).isEqualTo("processors");
    assertThat(runs.get(2).get("loss").get("ledgers_that_went_on").asInt()).isZero();
    assertThat(talk.toString()).contains("load 2 %");
  }

  @Test
  void aDeploymentThatIsNoneIsAUsageError() {
    assertThat(run("--deployment", "3x4")).isEqualTo(2);
    assertThat(run("--deployment", "3x1x4")).isEqualTo(2);
    assertThat(run("--deployment", "3x4x4", "--loads", "0")).isEqualTo(2);
    assertThat(run("--deployment", "3x4x4", "--cores", "0")).isEqualTo(2);
    assertThat(run("--deployment", "3x4x4", "--for", "1h")).isEqualTo(2);
    assertThat(run("--deployment", "3x4x4", "--faults", "loss")).isEqualTo(2);
    assertThat(run("--deployment", "3x4x4", "--wan")).isEqualTo(2);
    assertThat(run("--cores", "4")).isEqualTo(2);
  }

  @Test
  void unknownFaultsAreNamedBesideThoseThatThereAre() {
    assertThat(run("--faults", "loss,gremlins,fire")).isEqualTo(2);

    assertThat(talk.toString())
        .contains("gremlins, fire")
        .contains("loss")
        .contains("restart-storm")
        .contains("byzantine");
  }

  @Test
  void liarsLieAsIsSaid() throws IOException {
    var line =
        new String[] {
          "--seeds", "8", "--faults", "byzantine", "--liars", "mute,relabel", "-o", "json"
        };
    assertThat(run(line)).isZero();

    var sometimes = json().get("sometimes");
    assertThat(sometimes.get("adversary MUTE").asLong()).isPositive();
    assertThat(sometimes.get("adversary RELABEL").asLong()).isPositive();
    assertThat(sometimes.get("adversary EQUIVOCATE").asLong()).isZero();
  }

  @Test
  void unknownLiarsAreNamedBesideThoseThatThereAre() {
    assertThat(run("--liars", "mute,braggart,twin")).isEqualTo(2);

    assertThat(talk.toString()).contains("liars: braggart, twin").contains("forge-history");
  }

  @Test
  void aSeedOfAnotherVersionSaysSo() {
    assertThat(run("--seed", "v999:17")).isEqualTo(2);

    assertThat(talk.toString()).contains("version 999").contains("version " + Simulation.VERSION);
  }

  @Test
  void impossibleSizesAndContradictionsAreUsageErrors() {
    assertThat(run("--seeds", "0")).isEqualTo(2);
    assertThat(run("--validators", "17")).isEqualTo(2);
    assertThat(run("--validators", "0")).isEqualTo(2);
    assertThat(run("--seed", "seventeen")).isEqualTo(2);
    assertThat(run("--seed", "1", "--seeds", "2")).isEqualTo(2);
    assertThat(run("--for", "0s")).isEqualTo(2);
    assertThat(run("--share", "1/2")).isEqualTo(2);
    assertThat(run("--explore", "--seed", "1")).isEqualTo(2);
    assertThat(run("--explore", "--share", "3/2")).isEqualTo(2);
    assertThat(run("--explore", "--scenario", "twins9")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void exploresAShareAndRepeatsOneScenario() throws IOException {
    assertThat(run("--explore", "--share", "1/20000", "-o", "json")).isZero();
    assertThat(json().get("violations").asLong()).isZero();
    assertThat(json().get("run").asLong()).isPositive();
    assertThat(json().get("covered").asLong()).isLessThan(json().get("after_symmetry").asLong());

    assertThat(run("--explore", "--scenario", "twins1 . . .", "-o", "json")).isZero();
    assertThat(json().get("violations").size()).isZero();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    talk.getBuffer().setLength(0);
    var words = new String[arguments.length + 1];
    words[0] = "simulate";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return SampoCommand.line(new PrintWriter(out), new PrintWriter(talk), words).execute(words);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }
}
