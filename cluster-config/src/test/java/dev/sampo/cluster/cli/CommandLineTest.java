package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a contract: exit codes, and what is where in the JSON. */
final class CommandLineTest extends RunsCommands {

  private static final String ID = "ab".repeat(32);

  @TempDir private Path folder;

  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    node = new FakeNode();
    KeyFile.generate("alice", new SecureRandom()).write(folder.resolve("alice.key"));
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  @Test
  void usageErrorsExitWith2() {
    assertThat(run("no-such-command")).isEqualTo(2);
    assertThat(run("tx", "transfer", "--from", "alice")).isEqualTo(2);
    assertThat(run("demo", "--rate", "5")).isEqualTo(2);
    assertThat(run("bench", "--rate", "5", "--in-flight", "5")).isEqualTo(2);
    assertThat(run("bench", "--windows", "0")).isEqualTo(2);
    assertThat(run("bench", "--window", "0s")).isEqualTo(2);
    assertThat(run("block", "soon", "--endpoint", "http://127.0.0.1:1", "--ledger", ID))
        .isEqualTo(2);
    assertThat(run("account", "Bob!", "--endpoint", "http://127.0.0.1:1", "--ledger", ID))
        .isEqualTo(2);
    assertThat(out).isEmpty();
  }

  @Test
  void anEndpointWithoutTrustIsAUsageError() {
    assertThat(run("status", "--endpoint", node.endpoint())).isEqualTo(2);
    assertThat(talk).contains("--genesis").contains("--ledger");
  }

  @Test
  void aCommittedTransferExitsWith0AndTellsItsHeight() throws IOException {
    assertThat(transfer("--wait", "-o", "json")).isZero();

    var json = json();
    assertThat(json.get("outcome").asText()).isEqualTo("COMMITTED");
    assertThat(json.get("height").asLong()).isEqualTo(7);
    assertThat(json.get("code").asText()).isEqualTo("OK");
    assertThat(json.get("validators").asInt()).isEqualTo(4);
    assertThat(json.get("validators_reachable").asInt()).isEqualTo(4);
    assertThat(json.has("latency_ms")).isTrue();
    assertThat(json.get("transaction_id").asText())
        .isEqualTo(node.submitted().getFirst().id().hex());
  }

  @Test
  void anUnknownOutcomeExitsWith6AndTellsHowToResume() throws IOException {
    node.decides(FakeNode::pending);

    assertThat(transfer("--wait", "--timeout", "200ms", "-o", "json")).isEqualTo(6);

    assertThat(json().get("outcome").asText()).isEqualTo("PENDING");
    assertThat(talk).contains("sampo tx watch " + json().get("transaction_id").asText());
  }

  @Test
  void aRejectedTransferExitsWith1AndTellsWhetherANewOneIsSafe() throws IOException {
    node.decides(() -> FakeNode.rejected("INSUFFICIENT_BALANCE"));

    assertThat(transfer("--wait", "-o", "json")).isEqualTo(1);

    assertThat(json().get("code").asText()).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(json().get("retryable").asBoolean()).isFalse();
    assertThat(json().get("safe_to_resubmit").asBoolean()).isTrue();
  }

  @Test
  void aTransferWithoutWaitingIsSubmittedAndNothingMore() throws IOException {
    node.decides(FakeNode::pending);

    assertThat(transfer("-o", "json")).isZero();
    assertThat(json().get("outcome").asText()).isEqualTo("PENDING");
  }

  @Test
  @Tag("rule-7.14")
  void theSameIdempotencyKeySendsTheSameBytes() {
    transfer("--wait", "--idempotency-key", "invoice-17");
    transfer("--wait", "--idempotency-key", "invoice-17");

    assertThat(node.submitted()).hasSize(2);
    assertThat(node.submitted().getFirst()).isEqualTo(node.submitted().getLast());
  }

  @Test
  @Tag("rule-7.14")
  void theSameIdempotencyKeyForAnotherTransferIsAConflict() {
    transfer("--wait", "--idempotency-key", "invoice-17");

    assertThat(
            onNode(
                "tx",
                "transfer",
                "--from",
                "alice",
                "--to",
                "bob",
                "--amount",
                "6",
                "--idempotency-key",
                "invoice-17",
                "--keys",
                folder.toString()))
        .isEqualTo(5);
    assertThat(node.submitted()).hasSize(1);
  }

  @Test
  void anIdempotencyKeyIsFreeAgainAfterARefusalWithoutEffect() {
    node.decides(() -> FakeNode.rejected("EXPIRED"));
    transfer("--wait", "--idempotency-key", "invoice-17");
    node.decides(FakeNode::committed);

    assertThat(transfer("--wait", "--idempotency-key", "invoice-17")).isZero();
    assertThat(node.submitted().getFirst().id()).isNotEqualTo(node.submitted().getLast().id());
  }

  @Test
  void aMissingKeyIsNotFound() {
    assertThat(
            onNode(
                "tx",
                "transfer",
                "--from",
                "mallory",
                "--to",
                "bob",
                "--amount",
                "5",
                "--keys",
                folder.toString()))
        .isEqualTo(3);
    assertThat(talk).contains("no key of mallory");
  }

  @Test
  @Tag("fault-87")
  void aKeyThatOthersMayReadIsDenied() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("alice.key"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(transfer("--wait")).isEqualTo(4);
    assertThat(talk).contains("chmod 600");
  }

  @Test
  void aNodeThatCannotProveItsAnswerIsDenied() throws IOException {
    var validator = KeyFile.read(folder.resolve("alice.key")).publicKey();
    var genesis =
        new Genesis(
            Bytes.owning(new byte[32]),
            "simplex",
            LedgerTime.ofMillis(1),
            new ValidatorSet(List.of(validator)),
            LedgerParameters.DEFAULT,
            Assets.NAME,
            Bytes.EMPTY);
    var file = Files.write(folder.resolve("genesis"), genesis.encoded().toByteArray());

    assertThat(
            run(
                "account",
                "bob",
                "--prove",
                "--endpoint",
                node.endpoint(),
                "--genesis",
                file.toString()))
        .isEqualTo(4);
    assertThat(out).isEmpty();
    assertThat(talk).contains("PROOF_REFUSED");
  }

  @Test
  void anAccountTellsItsBalances() throws IOException {
    assertThat(onNode("account", "bob", "-o", "json")).isZero();

    assertThat(json().get("account").asText()).isEqualTo("bob");
    assertThat(json().get("balances").get("coin").asLong()).isEqualTo(1005);
    assertThat(json().get("height").asLong()).isEqualTo(7);
    assertThat(json().get("proof_ok").asBoolean()).isFalse();
  }

  @Test
  void statusTellsEachValidatorAndTheMargin() throws IOException {
    assertThat(onNode("status", "-o", "json")).isZero();

    assertThat(json().get("quorum_margin").asInt()).isEqualTo(1);
    assertThat(json().get("cluster_members_up").asInt()).isEqualTo(4);
    var second = json().get("validators").get(1);
    assertThat(second.get("name").asText()).isEqualTo("v2");
    assertThat(second.get("data_centre").asText()).isEqualTo("a");
    assertThat(second.get("pid").asLong()).isEqualTo(101);
    assertThat(second.get("lag").asLong()).isEqualTo(1);
    assertThat(second.get("reachable").asBoolean()).isTrue();
  }

  @Test
  void statusWithoutAQuorumExitsWith10AndKeepsTheLostOnesListed() throws IOException {
    node.reaches(2);

    assertThat(onNode("status", "-o", "json")).isEqualTo(10);

    assertThat(json().get("quorum_margin").asInt()).isEqualTo(-1);
    var lost = json().get("validators").get(3);
    assertThat(lost.get("reachable").asBoolean()).isFalse();
    assertThat(lost.get("height").isNull()).isTrue();
  }

  @Test
  void statusInTextSaysHowManyMayFail() {
    onNode("status");

    assertThat(out).startsWith("validator").contains("can lose 1 of 4");
  }

  @Test
  void keysAreNeverReplacedAndTheirSecretIsNeverShown() throws IOException {
    var file = folder.resolve("bob.key");

    assertThat(run("keys", "generate", "bob", "--out", file.toString())).isZero();
    var secret = KeyFile.read(file).secretSeed().hex();
    assertThat(out).contains(KeyFile.read(file).publicKey().hex()).doesNotContain(secret);
    assertThat(run("keys", "generate", "bob", "--out", file.toString())).isEqualTo(5);
    assertThat(KeyFile.read(file).secretSeed().hex()).isEqualTo(secret);
    assertThat(run("keys", "show", file.toString(), "-o", "json")).isZero();
    assertThat(out).doesNotContain(secret);
  }

  @Test
  void aRefusedStartListsEveryFault() throws IOException {
    var config = Files.writeString(folder.resolve("node.conf"), "sampo { name = v1, nmae = v1 }");

    assertThat(run("node", "--config", config.toString())).isEqualTo(1);
    assertThat(talk).contains("sampo.nmae (line 1): unknown key").contains("sampo.api: missing");
  }

  @Test
  void everyCommandHasHelp() {
    assertThat(run("--help")).isZero();
    assertThat(out).contains("demo", "status", "Exit codes");
    assertThat(run("tx", "transfer", "--help")).isZero();
    assertThat(out).contains("--idempotency-key");
  }

  @Test
  void completesInBash() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out).contains("complete -F", "--idempotency-key");
  }

  private int transfer(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "tx",
                "transfer",
                "--from",
                "alice",
                "--to",
                "bob",
                "--amount",
                "5",
                "--keys",
                folder.toString()));
    arguments.addAll(List.of(more));
    return onNode(arguments.toArray(String[]::new));
  }

  @Test
  void benchMeasuresEitherTheRunningDemoOrOneOfItsOwn() {
    assertThat(run("bench", "--running", "--gc", "zgc")).isEqualTo(2);
    assertThat(run("bench", "--gc", "epsilon")).isEqualTo(2);
    assertThat(run("bench", "--running", "--data", folder.toString())).isEqualTo(2);
    assertThat(talk).contains("--running or --data, not both");
    assertThat(run("bench", "--running", "--verification", "attested")).isEqualTo(2);
    assertThat(talk).contains("--running or --verification, not both");
    assertThat(run("bench", "--verification", "sometimes")).isEqualTo(2);
    assertThat(talk).contains("'sometimes' is none of every-validator, attested");
  }

  @Test
  void onlyTheNamedCommandIsSetUpAndAllForEverythingElse() {
    assertThat(commandsFor("status", "-o", "json")).containsExactly("status");
    assertThat(commandsFor("nonsense")).contains("status", "demo", "bench", "profile");
    assertThat(commandsFor("completion", "bash")).contains("status", "demo");
    assertThat(commandsFor()).contains("status", "demo");
  }

  private static Set<String> commandsFor(String... arguments) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    return SampoCommand.line(nowhere, nowhere, arguments).getSubcommands().keySet();
  }

  private int onNode(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--endpoint", node.endpoint(), "--ledger", ID));
    return run(all.toArray(String[]::new));
  }
}
