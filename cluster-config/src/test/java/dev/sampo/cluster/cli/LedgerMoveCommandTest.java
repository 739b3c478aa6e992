package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sampo ledger move}: exit codes, and what is where in the JSON. */
@Tag("fault-34")
final class LedgerMoveCommandTest extends RunsCommands {

  @TempDir private Path folder;

  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    node = new FakeNode();
    var key = KeyFile.generate("validator", new SecureRandom());
    key.write(folder.resolve("validator.key"));
    node.isMovedAtOnce(key.publicKey());
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  private int move(String... more) {
    var key = folder.resolve("validator.key").toString();
    return run(
        Stream.concat(
                Stream.of(
                    "ledger",
                    "move",
                    FakeNode.LEDGER.hex(),
                    "--endpoint",
                    node.endpoint(),
                    "--key",
                    key),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void itTellsWhereTheReplicaIsNowAndHowLongNobodyHostedIt() throws IOException {
    assertThat(move("--to", "v1b", "-o", "json")).as(talk).isZero();

    assertThat(json().get("ledger_id").asText()).isEqualTo(FakeNode.LEDGER.hex());
    assertThat(json().get("from").asText()).isEqualTo("v1a");
    assertThat(json().get("to").asText()).isEqualTo("v1b");
    assertThat(json().get("host").asText()).isEqualTo("v1b");
    assertThat(json().get("writer_epoch").asLong()).isEqualTo(8);
    assertThat(json().get("unhosted_ms").asLong()).isEqualTo(321);
    assertThat(json().get("already_there").asBoolean()).isFalse();
    assertThat(json().get("in_sync").asBoolean()).isTrue();
    assertThat(json().get("took_ms").isNumber()).isTrue();
  }

  @Test
  void peopleAreToldInASentence() {
    assertThat(move("--to", "v1b")).as(talk).isZero();
    assertThat(out).contains("from v1a to v1b, writer epoch 8; nobody hosted it for 321 ms");
  }

  @Test
  void whatIsThereAlreadyIsNoFailure() throws IOException {
    assertThat(move("--to", "v1a", "-o", "json")).as(talk).isZero();
    assertThat(json().get("already_there").asBoolean()).isTrue();
  }

  @Test
  void aReplicaThatDoesNotArriveInTimeExitsWith10() throws IOException {
    node.losesWhatItMoves();

    assertThat(move("--to", "v1b", "--timeout", "300ms", "-o", "json")).isEqualTo(10);

    assertThat(json().get("in_sync").asBoolean()).isFalse();
    assertThat(json().get("host").isNull()).isTrue();
    assertThat(json().get("writer_epoch").isNull()).isTrue();
  }

  @Test
  void whatTheNodesRefuseDecidesTheExitCode() throws IOException {
    node.refusesMoves("NODE_UNKNOWN");
    assertThat(move("--to", "v9")).isEqualTo(3);
    assertThat(talk).contains("NODE_UNKNOWN");
    node.refusesMoves("MOVE_OUTDATED");
    assertThat(move("--to", "v1b")).isEqualTo(5);
    node.refusesMoves("NODES_NOT_SHARED");
    assertThat(move("--to", "v1b")).isEqualTo(1);
  }

  @Test
  void onlyTheValidatorsKeyMovesItsReplicas() throws IOException {
    var stranger = folder.resolve("stranger.key");
    KeyFile.generate("stranger", new SecureRandom()).write(stranger);

    assertThat(move("--to", "v1b", "--key", stranger.toString())).isEqualTo(2);
    assertThat(
            run(
                "ledger",
                "move",
                FakeNode.LEDGER.hex(),
                "--endpoint",
                node.endpoint(),
                "--key",
                stranger.toString(),
                "--to",
                "v1b"))
        .isEqualTo(4);
    assertThat(talk).contains("MOVE_NOT_SIGNED");
  }

  @Test
  void usageErrorsExitWith2() {
    assertThat(run("ledger", "move", "bonds")).isEqualTo(2);
    assertThat(run("ledger", "move", "--to", "v1b")).isEqualTo(2);
    assertThat(run("ledger", "move", "bonds", "--to", "v1b", "--endpoint", node.endpoint()))
        .isEqualTo(2);
    assertThat(talk).contains("by its id");
    assertThat(
            run(
                "ledger",
                "move",
                FakeNode.LEDGER.hex(),
                "--to",
                "v1b",
                "--endpoint",
                node.endpoint()))
        .isEqualTo(2);
    assertThat(talk).contains("needs --key");
  }
}
