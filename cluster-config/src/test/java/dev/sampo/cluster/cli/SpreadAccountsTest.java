package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.cluster.demo.SmallNode;
import dev.sampo.core.transaction.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People who have one account each, found by a directory wherever it lives now (7.25, M6). */
@Timeout(120)
@Tag("rule-7.25")
final class SpreadAccountsTest extends RunsCommands {

  private static SmallNode node;
  private static NamedDirectory directory;
  private static Path file;

  /** By the name of the ledger that is their home. */
  private static final Map<String, List<String>> PEOPLE = new TreeMap<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void startNode() throws IOException, InterruptedException {
    node = SmallNode.startSpread(folder.resolve("node"));
    directory = node.directory();
    var ledgers = new StringBuilder();
    directory
        .ledgers()
        .forEach(
            (name, id) -> {
              ledgers.append("{ name = %s, id = %s },".formatted(name, id.hex()));
              PEOPLE.put(
                  name.text(),
                  Stream.of("alice", "bob", "carol", "mona")
                      .filter(
                          person ->
                              directory
                                  .directory()
                                  .home(new AccountId(person))
                                  .orElseThrow()
                                  .equals(id))
                      .toList());
            });
    file = folder.resolve("directory.conf");
    Files.writeString(file, "rule = hash, ledgers = [" + ledgers + "]");
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  /** One command after the other: it is where an account lives that changes. */
  @Test
  void anAccountIsPaidAndPaysWhereverItLives() throws IOException {
    var here = PEOPLE.get("main");
    var there = PEOPLE.get(SmallNode.FURTHER);
    assertThat(here).as("nobody at home on main").isNotEmpty();
    assertThat(there).as("nobody at home on the other ledger").isNotEmpty();

    assertThat(onNode("account", there.getFirst())).as(talk).isZero();
    assertThat(json().get("ledger").asText()).isEqualTo(idOf(SmallNode.FURTHER));

    assertThat(transfer(here.getFirst(), there.getFirst(), "coin")).as(talk).isZero();
    assertThat(json().get("stage").asText()).isEqualTo("DONE");
    assertThat(json().get("channel").asText()).isEqualTo(SmallNode.FURTHER);

    assertThat(onNode("account", "move", here.getFirst(), "--to", SmallNode.FURTHER))
        .as(talk)
        .isZero();

    // What it has taken along is called here after the channel that it came by.
    assertThat(transfer(here.getFirst(), there.getFirst(), "main:coin")).as(talk).isZero();
    assertThat(json().get("outcome").asText()).isEqualTo("COMMITTED");
    assertThat(onNode("account", there.getFirst(), "--asset", "main:coin")).as(talk).isZero();
    assertThat(json().get("balances").get("main:coin").asLong()).isEqualTo(10);
  }

  @Test
  void whoIsNowhereIsTold() {
    assertThat(transfer(PEOPLE.get("main").getFirst(), "nobody", "coin")).isEqualTo(1);
    assertThat(talk).contains("UNKNOWN_ACCOUNT").contains("there is no nobody");
    assertThat(onNode("account", "nobody")).isEqualTo(3);
  }

  @Test
  void aFaultyDirectoryIsRefusedWithEveryFault() throws IOException {
    var faulty = Files.writeString(folder.resolve("faulty.conf"), "ledgers = [], rule = turn");

    assertThat(
            run("account", "bob", "--endpoint", node.endpoint(), "--directory", faulty.toString()))
        .isEqualTo(1);
    assertThat(talk).contains("--directory " + faulty).contains("hash or prefix, not turn");
  }

  private String idOf(String name) {
    return directory.ledgers().entrySet().stream()
        .filter(entry -> entry.getKey().text().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue()
        .hex();
  }

  private int transfer(String from, String to, String asset) {
    return onNode(
        "tx", "transfer", "--from", from, "--to", to, "--amount", "5", "--asset", asset, "--wait");
  }

  private int onNode(String... words) {
    var arguments =
        Stream.concat(
                Stream.of(words),
                Stream.of(
                    "--endpoint",
                    node.endpoint(),
                    "--keys",
                    node.keys().toString(),
                    "--directory",
                    file.toString(),
                    "-o",
                    "json"))
            .toArray(String[]::new);
    return run(arguments);
  }
}
