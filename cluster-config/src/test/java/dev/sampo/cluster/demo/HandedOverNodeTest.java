package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.cluster.cli.RunsCommands;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.NodeEntry;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.cluster.config.NodeConfigText;
import dev.sampo.cluster.startup.NodeProcess;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By the commands and with real nodes; every wrong order is tried with the store alone. */
@DisplayName("Protocol 2.25 V3 and W6: a validator moves to another machine")
@Timeout(120)
@Tag("fault-34")
final class HandedOverNodeTest extends RunsCommands {

  private static final Duration READY_MAX = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private DemoLayout layout;
  private NodeConfig source;
  private NodeConfig target;

  @BeforeEach
  void layOut() throws IOException {
    layout = DemoLayout.in(folder.resolve("net"), 1, LedgerParameters.DEFAULT, new SecureRandom());
    source =
        configured("v1-old", Files.createDirectory(folder.resolve("old")), layout.dataDirectory(0));
    target =
        configured(
            "v1-new", Files.createDirectory(folder.resolve("new")), folder.resolve("new/data"));
  }

  /** A node of the one validator, with a mark, at ports and in a folder of its own. */
  private NodeConfig configured(String name, Path home, Path data) throws IOException {
    var base = new NodeFiles(layout, DemoPorts.ephemeral(1)).config(0);
    var self = base.self();
    var config =
        new NodeConfig(
            name,
            data,
            base.keyFile(),
            base.genesisFile(),
            base.ledgerId(),
            base.api(),
            List.of(
                new ValidatorEntry(
                    self.name(),
                    self.dataCentre(),
                    self.publicKey(),
                    List.of(new NodeEntry(name, self.nodes().getFirst().peer())))),
            base.cluster(),
            new StorageSection.Embedded(Optional.of(home.resolve("mark"))),
            base.relay());
    Files.writeString(file(config), NodeConfigText.of(config, home));
    return config;
  }

  private static Path file(NodeConfig node) {
    return node.mark().orElseThrow().resolveSibling("node.conf");
  }

  private static String endpoint(NodeConfig node) {
    return "http://" + node.api();
  }

  /** A run of the node in which a transfer is committed. */
  private TransactionId runWithTransfer(NodeConfig node, List<TransactionId> before)
      throws IOException {
    var running = NodeProcess.start(file(node));
    try (var client = DemoSession.clientsAt(List.of(endpoint(node))).apply(layout.genesis())) {
      await().atMost(READY_MAX).until(() -> ReadyProbe.isReady(endpoint(node)));
      assertThat(before).allMatch(id -> client.provenTransaction(id).isPresent());
      var alice = KeyFile.read(layout.keys().resolve("alice.key"));
      var transfer =
          TransactionBuilder.of(client.ledger(), alice)
              .transfer(new AssetId("coin"), new AccountId("bob"), 1);
      assertThat(client.submitAndWait(transfer, READY_MAX)).isInstanceOf(Outcome.Committed.class);
      assertThat(client.ledgers()).hasSize(2);
      return transfer.id();
    } finally {
      running.stop();
    }
  }

  private void copyDirectory() throws IOException {
    try (var files = Files.walk(source.dataDirectory())) {
      for (var file : files.toList()) {
        Files.copy(file, target.dataDirectory().resolve(source.dataDirectory().relativize(file)));
      }
    }
  }

  private static List<String> refusal(NodeConfig node) {
    var refused =
        catchThrowableOfType(FaultyConfig.class, () -> NodeProcess.start(file(node)).stop());
    assertThat(refused).as("the start of %s", node.name()).isNotNull();
    return refused.faults();
  }

  @Test
  void itsLedgersGoOnAtTheTargetAndNowhereElse() throws Exception {
    DemoCharters.of(layout)
        .hostAtLeast(2, layout, new DemoCommittees(layout.members(), Optional.empty()));
    var first = runWithTransfer(source, List.of());

    assertThat(node(source, "hand-over", "--to", "v1-new", "-o", "json")).as(talk).isZero();
    assertThat(json().get("standing").asText()).isEqualTo("sealed");
    assertThat(json().get("target").asText()).isEqualTo("v1-new");
    copyDirectory();
    assertThat(refusal(source))
        .singleElement()
        .asString()
        .contains("data directory", "handed over to node v1-new", "recover");
    assertThat(refusal(target)).singleElement().asString().contains("take-over");

    assertThat(node(target, "take-over", "-o", "json")).as(talk).isZero();
    assertThat(json().get("standing").asText()).isEqualTo("opened");
    assertThat(json().get("tenure").asLong()).isEqualTo(1);
    runWithTransfer(target, List.of(first));
    assertThat(refusal(source)).singleElement().asString().contains("handed over");
  }

  @Test
  void theSourceIsTakenBackOnlyByTheRefusalThatItsValidatorHasSigned() throws Exception {
    assertThat(node(source, "hand-over", "--to", "v1-new")).as(talk).isZero();
    copyDirectory();
    var file = folder.resolve("refusal");
    assertThat(node(target, "take-over", "--refuse", file.toString())).as(talk).isZero();
    assertThat(out).contains("refused", "hand-over --cancel");
    var whole = Files.readString(file);

    for (var wrong :
        List.of(
            whole.replace("tenure 1", "tenure 3"),
            whole.replace("target v1-new", "target v1-other"),
            whole.replaceAll("signature ....", "signature 0000"),
            whole.replace(
                "network " + layout.genesis().ledgerId().hex(), "network " + "ab".repeat(32)),
            "",
            whole + "more\n")) {
      Files.writeString(file, wrong);
      assertThat(node(source, "hand-over", "--cancel", file.toString())).isEqualTo(1);
      assertThat(talk).contains("cannot be handed over", "refusal " + file);
    }
    Files.delete(file);
    assertThat(node(source, "hand-over", "--cancel", file.toString())).isEqualTo(1);
    assertThat(talk).contains("cannot be read");
    assertThat(refusal(source)).singleElement().asString().contains("handed over");

    Files.writeString(file, whole);
    assertThat(node(source, "hand-over", "--cancel", file.toString(), "-o", "json")).isZero();
    assertThat(json().get("tenure").asLong()).isEqualTo(2);
    assertThat(refusal(target)).singleElement().asString().contains("refused");
    assertThat(node(target, "take-over")).isEqualTo(1);
    assertThat(talk).contains("cannot take over", "v1-new has refused");
    NodeProcess.start(file(source)).stop();
  }

  @Test
  void whoeverWasStartedBeforeIsNotInitialisedAgain() throws Exception {
    Files.writeString(target.mark().orElseThrow(), "anything");

    assertThat(node(target, "init")).isEqualTo(1);

    assertThat(talk).contains("mark", "started before", "recover");
    assertThat(target.dataDirectory()).doesNotExist();
  }

  @Test
  void usageErrorsExitWith2AndNothingIsSealed() {
    assertThat(node(source, "hand-over")).isEqualTo(2);
    assertThat(node(source, "hand-over", "--to", "v1-new", "--cancel", "file")).isEqualTo(2);
    assertThat(node(source, "hand-over", "--to", "v1 new")).isEqualTo(2);
    assertThat(node(source, "hand-over", "--to", "v1-old")).isEqualTo(1);
    assertThat(source.dataDirectory().resolve("HANDOVER")).doesNotExist();
  }

  private int node(NodeConfig node, String command, String... more) {
    var arguments =
        Stream.concat(
                Stream.of("node", command, "--config", file(node).toString()), Stream.of(more))
            .toArray(String[]::new);
    return run(arguments);
  }
}
