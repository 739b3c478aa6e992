package dev.sampo.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * {@code demo --cut}: a data centre of three is cut off under load, with clients that know a
 * gateway in it and nothing else. How fast it all is depends on the machine; that is for people to
 * look at.
 */
@ResourceLock(Sampo.CORES)
final class CutIT {

  @TempDir private Path home;

  @Test
  @Tag("fault-19")
  void whatKeepsAQuorumGoesOnWhatDoesNotResumesAndNothingIsLost()
      throws IOException, InterruptedException {
    var result =
        new Sampo(home)
            .run(
                ("demo --ledgers 3 --data-centres 3 --gateways 1 --cross 20% --cut a --cut-for 14s"
                        + " --in-flight 4 --transfers 60 -o json")
                    .split(" "));

    var json = result.json();
    assertThat(json.get("lost").asLong()).as(result.toString()).isZero();
    assertThat(json.get("conserved").asBoolean()).as(result.toString()).isTrue();
    assertThat(json.get("state_roots_equal").asBoolean()).as(result.toString()).isTrue();
    assertThat(json.get("cross_sent").asLong()).as(result.toString()).isPositive();
    assertThat(json.get("cross_undecided").asLong()).as(result.toString()).isZero();
    assertThat(json.get("cross_both").asLong()).as(result.toString()).isZero();
    assertThat(json.get("ledgers")).hasSize(3);
    assertThat(json.get("ledgers").findValuesAsText("keeps_quorum")).contains("true", "false");
    for (var ledger : json.get("ledgers")) {
      assertThat(ledger.get("committed").asLong()).as(result.toString()).isPositive();
      assertThat(ledger.get("resumed_ms").isNumber()).as(result.toString()).isTrue();
      assertThat(ledger.get("halted").asBoolean())
          .as(result.toString())
          .isNotEqualTo(ledger.get("keeps_quorum").asBoolean());
    }
  }
}
