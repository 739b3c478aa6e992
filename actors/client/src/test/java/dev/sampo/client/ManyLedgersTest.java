package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of one ledger, and nodes of which not all host it. */
@Timeout(30)
final class ManyLedgersTest {

  private static final LedgerId OURS = LedgerId.fromHex("ab".repeat(32));
  private static final LedgerId THEIRS = LedgerId.fromHex("cd".repeat(32));
  private static final TransactionId ID = TransactionId.fromHex("01".repeat(32));

  /** So long that a test which has to wait once fails by its time. */
  private static final Backoff NEVER_AGAIN =
      new Backoff(5, Duration.ofMinutes(2), Duration.ofMinutes(2));

  private static SampoClient client(LedgerNode... nodes) {
    return SampoClient.connect(
        new ClientSettings(
            Stream.of(nodes).map(LedgerNode::address).toList(),
            new TrustAnchor.Pinned(OURS),
            Duration.ofSeconds(10),
            NEVER_AGAIN));
  }

  private static Genesis genesis() {
    var key = Ed25519Signer.fromSeed(Bytes.owning(new byte[32])).publicKey();
    return new Genesis(
        Bytes.owning(new byte[32]),
        "simplex",
        LedgerTime.ofMillis(1),
        new ValidatorSet(List.of(key)),
        LedgerParameters.DEFAULT,
        "assets",
        Bytes.EMPTY);
  }

  @Test
  void everyCallSaysWhichLedgerItIsAbout() {
    try (var node = new LedgerNode(OURS, THEIRS);
        var client = client(node)) {
      client.status();
      client.transaction(ID);
      client.submit(
          TransactionBuilder.of(OURS, KeyFile.generate("alice", new SecureRandom()))
              .open(new AccountId("bob"), genesis().validators().keys().getFirst()));

      assertThat(node.asked).hasSize(3).containsOnly(OURS.hex());
    }
  }

  @Test
  void asksAnotherNodeWhenOneDoesNotHostTheLedger() {
    try (var other = new LedgerNode(THEIRS);
        var node = new LedgerNode(OURS);
        var client = client(other, node)) {
      for (int i = 0; i < 20; i++) {
        client.status();
      }

      // From then on its breaker leaves it out.
      assertThat(other.asked).hasSize(Endpoint.FAILURES_TO_OPEN);
      assertThat(node.asked).hasSize(20);
    }
  }

  @Test
  void asksEachNodeOnceWhenNoneHostsTheLedger() {
    try (var one = new LedgerNode(THEIRS);
        var two = new LedgerNode();
        var client = client(one, two)) {
      assertLedgerNotFound(client::status);

      assertThat(one.asked).hasSize(1);
      assertThat(two.asked).hasSize(1);
    }
  }

  @Test
  void anUnknownLedgerIsNoUnknownTransaction() {
    try (var node = new LedgerNode(THEIRS);
        var client = client(node)) {
      assertLedgerNotFound(() -> client.transaction(ID));
      assertLedgerNotFound(client::latestBlock);
      assertLedgerNotFound(() -> client.watch(ID, Duration.ofSeconds(20)));
    }
    try (var node = new LedgerNode(OURS);
        var client = client(node)) {
      assertThat(client.transaction(ID)).isEmpty();
    }
  }

  private static void assertLedgerNotFound(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SampoException.class,
            failed -> {
              assertThat(failed.error().code()).isEqualTo("LEDGER_NOT_FOUND");
              assertThat(failed.error().safeToResubmit()).isTrue();
              assertThat(failed.maybeDelivered()).isFalse();
            });
  }

  @Test
  void listsWhatANodeHosts() {
    try (var node = new LedgerNode(THEIRS, OURS);
        var client = client(node)) {
      assertThat(client.ledgers())
          .extracting(ledger -> Answers.bytes(ledger.getLedgerId()))
          .containsExactly(THEIRS.value(), OURS.value());
    }
  }

  @Test
  void hostsTheLedgerOfACharterAndNoOther() {
    var charter = LedgerCharter.draft(new LedgerName("bonds"), genesis());
    try (var node = new LedgerNode();
        var client = client(node)) {
      assertThat(Answers.bytes(client.host(charter).getLedgerId()))
          .isEqualTo(charter.genesis().ledgerId().value());
    }
    try (var liar = new LedgerNode(THEIRS);
        var client = client(liar)) {
      assertThatThrownBy(() -> client.host(charter)).hasMessageContaining("LEDGER_MISMATCH");
    }
  }
}
