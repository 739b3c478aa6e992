package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.demo.SmallNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sampo account move} at a real node: exit codes, and what is where in the JSON (7.25). */
@Timeout(120)
@Tag("rule-7.25")
final class AccountMoveCommandTest extends RunsCommands {

  private static SmallNode node;

  @TempDir private static Path folder;

  @BeforeAll
  static void startNode() throws IOException, InterruptedException {
    node = SmallNode.start(folder.resolve("node"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  private int move(String account, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "account",
                    "move",
                    account,
                    "--endpoint",
                    node.endpoint(),
                    "--ledger",
                    node.ledger()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int moveWithKeys(String account, String to) {
    return move(account, "--keys", node.keys().toString(), "--to", to, "-o", "json");
  }

  @Test
  void anAccountMovesOnceAndIsFoundWhereItIsThen() throws IOException {
    assertThat(moveWithKeys("mona", SmallNode.FURTHER)).as(talk).isZero();
    assertThat(json().get("stage").asText()).isEqualTo("MOVED");
    assertThat(json().get("channel").asText()).isEqualTo(SmallNode.FURTHER);
    var there = json().get("destination").asText();
    assertThat(there).isNotEqualTo(node.ledger());

    // It is asked of the ledger on which the account lives now, which has no such channel.
    assertThat(moveWithKeys("mona", SmallNode.FURTHER)).as(talk).isEqualTo(1);
    assertThat(json().get("outcome").asText()).isEqualTo("REJECTED");
    assertThat(json().get("code").asText()).isEqualTo("UNKNOWN_CHANNEL");
  }

  @Test
  void whoHasANamesakeThereIsBackWhereHeWas() throws IOException {
    assertThat(moveWithKeys("alice", SmallNode.FURTHER)).as(talk).isEqualTo(1);

    assertThat(json().get("stage").asText()).isEqualTo("BACK");
    assertThat(json().get("code").asText()).isEqualTo("ACCOUNT_EXISTS");
    assertThat(talk).contains("the account is where it was");
  }

  @Test
  void thereHasToBeAnAccountAndItsKey() throws IOException {
    assertThat(moveWithKeys("nobody", SmallNode.FURTHER)).isEqualTo(3);
    assertThat(talk).contains("no account nobody");

    var empty = Files.createDirectory(folder.resolve("no-keys"));
    assertThat(move("bob", "--keys", empty.toString(), "--to", SmallNode.FURTHER)).isEqualTo(3);
    assertThat(talk).contains("no key of bob");
  }

  @Test
  void onlyItsOwnKeyMovesAnAccount() throws IOException {
    var wrong = Files.createDirectory(folder.resolve("wrong-keys"));
    KeyFile.generate("carol", new SecureRandom()).write(wrong.resolve("carol.key"));

    assertThat(move("carol", "--keys", wrong.toString(), "--to", SmallNode.FURTHER, "-o", "json"))
        .isEqualTo(4);
    assertThat(json().get("code").asText()).isEqualTo("KEY_NOT_AUTHORISED");
  }

  @Test
  void usageErrorsExitWith2() {
    assertThat(move("mona", "--keys", node.keys().toString())).isEqualTo(2);
    assertThat(moveWithKeys("Mona!", SmallNode.FURTHER)).isEqualTo(2);
    assertThat(moveWithKeys("bob", "No such name")).isEqualTo(2);
  }
}
