package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.demo.CharterFile;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sampo ledger}: exit codes, and what is where in the JSON. */
final class LedgerCommandsTest extends RunsCommands {

  @TempDir private Path folder;

  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    node = new FakeNode();
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  /** Writes a genesis of so many validators, and their keys {@code v0.key} and so on. */
  private Genesis genesis(int validators) throws IOException {
    var keys =
        IntStream.range(0, validators)
            .mapToObj(_ -> KeyFile.generate("validator", new SecureRandom()))
            .sorted(Comparator.comparing(KeyFile::publicKey))
            .toList();
    for (int i = 0; i < validators; i++) {
      keys.get(i).write(folder.resolve("v" + i + ".key"));
    }
    var genesis =
        new Genesis(
            Bytes.owning(new byte[32]),
            "simplex",
            LedgerTime.ofMillis(1),
            new ValidatorSet(keys.stream().map(KeyFile::publicKey).toList()),
            LedgerParameters.DEFAULT,
            Assets.NAME,
            Bytes.EMPTY);
    Files.write(folder.resolve("genesis"), genesis.encoded().toByteArray());
    return genesis;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int draft() {
    return run(
        "ledger", "draft", "--genesis", file("genesis"), "--name", "bonds", "--out", file("c"));
  }

  private int sign(int validator) {
    return run("ledger", "sign", file("c"), "--key", file("v" + validator + ".key"), "-o", "json");
  }

  private int create(String... more) {
    var all =
        Stream.concat(
            Stream.of("ledger", "create", "--charter", file("c"), "--endpoint", node.endpoint()),
            Stream.of(more));
    return run(all.toArray(String[]::new));
  }

  private Genesis signed(int validators) throws IOException {
    var genesis = genesis(validators);
    draft();
    for (int i = 0; i < validators; i++) {
      assertThat(sign(i)).isZero();
    }
    return genesis;
  }

  @Test
  void aCharterIsDraftedSignedByEachAndBroughtToNodes() throws IOException {
    var genesis = genesis(4);

    assertThat(draft()).isZero();
    assertThat(out).contains("bonds", genesis.ledgerId().hex(), "validator 3 has not consented");
    for (int i = 0; i < 3; i++) {
      assertThat(sign(i)).isZero();
      assertThat(json().get("binding").asBoolean()).isFalse();
      assertThat(json().get("faults")).hasSize(3 - i);
    }
    assertThat(create()).isEqualTo(4);
    assertThat(talk).contains("validator 3 has not consented");
    assertThat(node.charters()).isEmpty();

    assertThat(sign(3)).isZero();
    assertThat(json().get("binding").asBoolean()).isTrue();
    assertThat(create("-o", "json")).isZero();
    assertThat(node.charters()).containsExactly(CharterFile.read(folder.resolve("c")));
    assertThat(json().get("name").asText()).isEqualTo("bonds");
    assertThat(json().get("ledger_id").asText()).isEqualTo(genesis.ledgerId().hex());
    assertThat(json().get("ready").asBoolean()).isTrue();
    var at = json().get("nodes").get(0);
    assertThat(at.get("endpoint").asText()).isEqualTo(node.endpoint());
    assertThat(at.get("hosted").asBoolean()).isTrue();
    assertThat(at.get("already_hosted").asBoolean()).isFalse();
    assertThat(at.get("ready").asBoolean()).isTrue();
    assertThat(talk).contains("--ledger " + genesis.ledgerId().hex());

    assertThat(create("-o", "json")).isZero();
    assertThat(json().get("nodes").get(0).get("already_hosted").asBoolean()).isTrue();
  }

  @Test
  void draftsAndKeysAreNeverTakenForOthers() throws IOException {
    genesis(4);
    assertThat(draft()).isZero();
    assertThat(draft()).isEqualTo(5);

    KeyFile.generate("stranger", new SecureRandom()).write(folder.resolve("v9.key"));
    assertThat(sign(9)).isEqualTo(5);
    assertThat(sign(8)).isEqualTo(3);
    assertThat(run("ledger", "sign", file("genesis"), "--key", file("v1.key"))).isEqualTo(1);
    assertThat(talk).contains("is not a charter");
    assertThat(run("ledger", "draft", "--genesis", file("genesis"), "--name", "B", "--out", "x"))
        .isEqualTo(2);
  }

  @Test
  void aCommitteeThatToleratesNoLiarHasToBeMeant() throws IOException {
    signed(3);

    assertThat(create()).isEqualTo(2);
    assertThat(talk).contains("--i-understand");
    assertThat(node.charters()).isEmpty();
    assertThat(create("--i-understand")).isZero();
  }

  @Test
  void aCommitteeThatADataCentreHaltsHasToBeMeant() throws IOException {
    node.hasValidators(signed(4).validators().keys());

    assertThat(create()).isEqualTo(2);
    assertThat(talk).contains("lost data centre a or b", "--i-understand", "sampo quorum plan");
    assertThat(node.charters()).isEmpty();
    assertThat(create("--i-understand")).isZero();
  }

  @Test
  void quorumPlanTellsWhatEachLedgerCanLose() throws IOException {
    assertThat(plan("-o", "json")).isZero();
    var main = json().get("ledgers").get(0);
    assertThat(main.get("name").asText()).isEqualTo("main");
    assertThat(main.get("quorum").asInt()).isEqualTo(3);
    assertThat(main.get("margin").asInt()).isEqualTo(1);
    assertThat(main.get("fatal_data_centres")).hasSize(2);
    assertThat(json().get("surviving_committee")).isEmpty();

    assertThat(plan("--lose", "validator=v1", "-o", "json")).isZero();
    assertThat(json().get("ledgers").get(0).get("halts").asBoolean()).isFalse();
    assertThat(plan("--lose", "validator=v1", "--lose", "dc=b", "-o", "json")).isZero();
    assertThat(json().get("ledgers").get(0).get("halts").asBoolean()).isTrue();
    assertThat(json().get("ledgers").get(0).get("left").asInt()).isEqualTo(1);
    assertThat(plan("--lose", "dc=a")).isZero();
    assertThat(out).contains("HALTS", "dc a, dc b", "no committee of these validators survives");
  }

  @Test
  void quorumPlanRefusesLossesOfNothing() {
    assertThat(plan("--lose", "dc=z")).isEqualTo(3);
    assertThat(plan("--lose", "moon")).isEqualTo(2);
  }

  private int plan(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "quorum", "plan", "--endpoint", node.endpoint(), "--ledger", "00".repeat(32)),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void whatANodeRefusesIsToldAndDecidesTheExitCode() throws IOException {
    signed(4);
    node.refusesCharters("LEDGER_NAME_TAKEN");

    assertThat(create("-o", "json")).isEqualTo(5);

    assertThat(json().get("nodes").get(0).get("code").asText()).isEqualTo("LEDGER_NAME_TAKEN");
    assertThat(json().get("ready").asBoolean()).isFalse();
    assertThat(talk).contains("LEDGER_NAME_TAKEN", "may be repeated");
  }

  @Test
  void oneSilentNodeDoesNotKeepTheCharterFromTheOthers() throws IOException {
    signed(4);

    assertThat(
            run(
                "ledger",
                "create",
                "--charter",
                file("c"),
                "--endpoint",
                "http://127.0.0.1:1",
                "--endpoint",
                node.endpoint()))
        .isEqualTo(1);

    assertThat(node.charters()).hasSize(1);
    assertThat(out).contains("1 of 2 nodes are ready");
  }

  @Test
  void hostedButNotReadyInTimeExitsWith10() throws IOException {
    signed(4);
    node.isNotReady("2 of 4 validators are reachable");

    assertThat(create("--timeout", "300ms")).isEqualTo(10);

    assertThat(talk).contains("2 of 4 validators are reachable", "sampo ledger list");
  }

  @Test
  void listTellsWhatNodesHostAndWhereItIsReady() throws IOException {
    var genesis = signed(4);
    create();
    node.isNotReady("syncing");

    assertThat(run("ledger", "list", "--endpoint", node.endpoint(), "-o", "json")).isEqualTo(10);

    var bonds = json().get("ledgers").get(0);
    assertThat(bonds.get("name").asText()).isEqualTo("bonds");
    assertThat(bonds.get("ledger_id").asText()).isEqualTo(genesis.ledgerId().hex());
    assertThat(bonds.get("engine").asText()).isEqualTo("simplex");
    assertThat(bonds.get("application").asText()).isEqualTo("assets");
    assertThat(bonds.get("validators").asInt()).isEqualTo(4);
    assertThat(bonds.get("is_default").asBoolean()).isFalse();
    assertThat(bonds.get("nodes")).hasSize(1);
    assertThat(bonds.get("ready_nodes")).isEmpty();
    assertThat(json().get("ledgers").get(1).get("name").asText()).isEqualTo("main");
    node.isNotReady();
    assertThat(run("ledger", "list", "--endpoint", node.endpoint())).isZero();
    assertThat(out).contains("main (default)").contains("bonds");
    assertThat(run("ledger", "list", "--endpoint", "http://127.0.0.1:1")).isEqualTo(1);
  }

  @Test
  void describeTellsTheGenesisThatTheIdStandsFor() throws IOException {
    var genesis = signed(4);
    create();
    var id = genesis.ledgerId().hex();

    assertThat(run("ledger", "describe", id, "--endpoint", node.endpoint(), "-o", "json")).isZero();
    assertThat(json().get("ledger_id").asText()).isEqualTo(id);
    assertThat(json().get("quorum").asInt()).isEqualTo(3);
    assertThat(json().get("faults_tolerated").asInt()).isEqualTo(1);
    assertThat(json().get("validators")).hasSize(4);
    assertThat(json().get("parameters").get("verification").asText()).isEqualTo("every-validator");

    assertThat(run("ledger", "describe", id, "--endpoint", node.endpoint())).isZero();
    assertThat(out).contains("quorum 3, tolerates 1 liars", "batches of");
    var other = "cd".repeat(32);
    assertThat(run("ledger", "describe", other, "--endpoint", node.endpoint())).isEqualTo(1);
    assertThat(talk).contains("LEDGER_MISMATCH");
  }

  @Test
  @Tag("fault-99")
  void aNameIsNotBelievedOfANodeThatIsNotTheDemos() {
    assertThat(run("status", "--ledger", "bonds", "--endpoint", node.endpoint())).isEqualTo(2);
    assertThat(talk).contains("by its id");
    assertThat(run("status", "--ledger", "Bonds!", "--endpoint", node.endpoint())).isEqualTo(2);
  }

  @Test
  void usageErrorsExitWith2() {
    for (var arguments :
        List.of(
            List.of("ledger", "create"),
            List.of("ledger", "create", "bonds", "--charter", "c"),
            List.of("ledger", "create", "bonds", "--endpoint", "http://127.0.0.1:1"),
            List.of("ledger", "create", "--charter", "c", "--validators", "v1"),
            List.of("ledger", "create", "--charter", "c"),
            List.of("ledger", "create", "bonds", "--validators", "v1,v1"),
            List.of("ledger", "sign", "c"),
            List.of("ledger", "draft", "--name", "bonds"))) {
      assertThat(run(arguments.toArray(String[]::new))).as(arguments.toString()).isEqualTo(2);
    }
  }

  @Test
  void laterCommandsAreToldWithTheLedger() throws IOException {
    node.decides(FakeNode::pending);
    KeyFile.generate("alice", new SecureRandom()).write(folder.resolve("alice.key"));
    var id = FakeNode.LEDGER.hex();

    run(
        "tx",
        "transfer",
        "--from",
        "alice",
        "--to",
        "bob",
        "--amount",
        "5",
        "--keys",
        folder.toString(),
        "--endpoint",
        node.endpoint(),
        "--ledger",
        id);

    assertThat(talk).contains("sampo tx watch").contains("--ledger " + id);
  }
}
