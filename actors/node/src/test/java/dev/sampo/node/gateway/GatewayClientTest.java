package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.ALICE_HAS;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.Outcome;
import dev.sampo.client.SampoException;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.node.system.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Java client against a gateway over gRPC. */
class GatewayClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void reportsACommitWithItsPlaceAndReceipt() {
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      var outcome = client.submitAndWait(transfer, LONG);

      assertThat(outcome).isInstanceOf(Outcome.Committed.class);
      var receipt = ((Outcome.Committed) outcome).receipt();
      assertThat(receipt.id()).isEqualTo(transfer.id());
      assertThat(receipt.height()).isEqualTo(Height.of(1));
      assertThat(receipt.events().getFirst().type()).isEqualTo("transferred");
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(5);
    }
  }

  @Test
  void tellsAnExecutedErrorAsARejectionWithAReceipt() {
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, ALICE_HAS + 1);

      var outcome = client.submitAndWait(transfer, LONG);

      var rejected = (Outcome.Rejected) outcome;
      assertThat(rejected.error().code()).isEqualTo("INSUFFICIENT_BALANCE");
      assertThat(rejected.error().safeToResubmit()).isTrue();
      assertThat(rejected.receipt()).isPresent();
      assertThat(rejected.isFinal()).isTrue();
    }
  }

  @Test
  @Tag("fault-96")
  void theSameBytesTakeEffectOnceAndGetTheSameOutcomeAgain() {
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      var first = client.submitAndWait(transfer, LONG);
      var second = client.submitAndWait(transfer, LONG);
      var third = client.submit(transfer);

      assertThat(second).isEqualTo(first);
      assertThat(third).isEqualTo(first);
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(5);
    }
  }

  @Test
  void aTimeIsNeverReportedAsAFailureButAsPendingAndCanBeResumed() {
    gateway.ledger.hold();
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      var outcome = client.submitAndWait(transfer, Duration.ofMillis(300));
      assertThat(outcome).isEqualTo(new Outcome.Pending(transfer.id()));

      var watched = client.watchAsync(transfer.id(), LONG, _ -> {});
      gateway.ledger.commit();
      assertThat(watched.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(5);
    }
  }

  @Test
  void aLedgerThatSaysNothingLeavesTheOutcomePending() {
    gateway.ledger.fallSilent();
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      assertThat(client.submitAndWait(transfer, Duration.ofMillis(500)))
          .isEqualTo(new Outcome.Pending(transfer.id()));
    }
  }

  @Test
  void watchTellsEveryChangeInOrder() {
    gateway.ledger.hold();
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      client.submit(transfer);
      var heard = new CopyOnWriteArrayList<Outcome>();

      var watched = client.watchAsync(transfer.id(), LONG, heard::add);
      await().until(() -> heard.size() == 1);
      gateway.ledger.commit();

      var outcome = watched.join();
      assertThat(heard).containsExactly(new Outcome.Pending(transfer.id()), outcome);
      assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void aWatchMayBeginBeforeTheNodeKnowsTheTransaction() {
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var heard = new CopyOnWriteArrayList<Outcome>();

      var watched = client.watchAsync(transfer.id(), LONG, heard::add);
      await().until(() -> !heard.isEmpty());
      client.submit(transfer);

      assertThat(watched.join()).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void goesToAnotherNodeWhenOneIsDown() throws Exception {
    int closedPort = FreePorts.any(1).getFirst();
    try (var client =
        gateway.client("127.0.0.1:" + closedPort, "http://127.0.0.1:" + gateway.port())) {
      for (int i = 0; i < 12; i++) {
        var transfer = gateway.from(ALICE).transfer(COIN, BOB, 1);
        assertThat(client.submitAndWait(transfer, LONG)).isInstanceOf(Outcome.Committed.class);
      }
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(12);
    }
  }

  @Test
  @Tag("fault-96")
  void goesToAnotherNodeWithWhatABrokenStreamLeftOpen() {
    gateway.ledger.hold();
    try (var proxy = new CutProxy(gateway.port());
        var client = gateway.client(proxy.address(), "127.0.0.1:" + gateway.port())) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var outcome = client.submitAndWaitAsync(transfer, LONG);
      await().until(() -> gateway.ledger.submissions() == 1);

      proxy.cut();
      await().until(() -> gateway.ledger.submissions() == 2);
      gateway.ledger.release();

      assertThat(outcome.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(5);
    }
  }

  @Test
  @Tag("fault-96")
  void whatABrokenStreamLeftOpenIsPendingIfNobodyElseAnswers() {
    gateway.ledger.hold();
    try (var proxy = new CutProxy(gateway.port());
        var client = gateway.client(proxy.address())) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var outcome = client.submitAndWaitAsync(transfer, Duration.ofSeconds(2));
      await().until(() -> gateway.ledger.submissions() == 1);

      proxy.cut();

      assertThat(outcome.join()).isEqualTo(new Outcome.Pending(transfer.id()));
    }
  }

  @Test
  void manyTransfersShareAFewStreamsAndAreEachDecidedOnce() {
    try (var client = gateway.client()) {
      var outcomes =
          IntStream.range(0, 500)
              .mapToObj(
                  _ -> client.submitAndWaitAsync(gateway.from(ALICE).transfer(COIN, BOB, 1), LONG))
              .toList();

      assertThat(outcomes)
          .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Outcome.Committed.class));
      assertThat(gateway.ledger.balance(BOB)).isEqualTo(500);
      assertThat(gateway.get("/metrics").body())
          .contains("sampo_gateway_in_hand{what=\"submission streams\"} 1")
          .contains(
              "sampo_gateway_requests_seconds_count"
                  + "{code=\"OK\",ledger=\"main\",method=\"SubmitTransactions\"} 500");
    }
  }

  @Test
  void saysThatNothingWasSentWhenNoNodeCanBeReached() throws Exception {
    int closedPort = FreePorts.any(1).getFirst();
    try (var client = gateway.client("127.0.0.1:" + closedPort)) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      assertThatThrownBy(() -> client.submitAndWait(transfer, LONG))
          .isInstanceOfSatisfying(
              SampoException.class,
              failure -> {
                assertThat(failure.error().code()).isEqualTo("UNREACHABLE");
                assertThat(failure.maybeDelivered()).isFalse();
              });
    }
  }

  @Test
  void retriesWithTheSameBytesWhatTheMempoolShed() {
    gateway.ledger.refuse("MEMPOOL_FULL");
    try (var client = gateway.client()) {
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

      var outcome = (Outcome.Rejected) client.submit(transfer);

      assertThat(outcome.error().code()).isEqualTo("MEMPOOL_FULL");
      assertThat(outcome.isFinal()).isFalse();
      assertThat(gateway.ledger.submissions()).isEqualTo(2);
      gateway.ledger.refuseNothing();
      assertThat(client.submitAndWait(transfer, LONG)).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void doesNotRetryWhatCanNeverSucceed() {
    gateway.ledger.refuse("WRONG_LEDGER");
    try (var client = gateway.client()) {
      var outcome = (Outcome.Rejected) client.submit(gateway.from(ALICE).transfer(COIN, BOB, 5));

      assertThat(outcome.error().code()).isEqualTo("WRONG_LEDGER");
      assertThat(outcome.message()).contains("because the test says so");
      assertThat(gateway.ledger.submissions()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownTransactionIsNothingAndNoError() {
    try (var client = gateway.client()) {
      var never = gateway.from(ALICE).transfer(COIN, BOB, 5);
      assertThat(client.transaction(never.id())).isEmpty();
      assertThat(client.block(Height.of(77))).isEmpty();
    }
  }

  @Test
  void provesAnAccountAndItsAbsenceByTheValidatorsSignatures() {
    try (var client = gateway.client()) {
      client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 5), LONG);

      var bob = client.provenAccount(BOB, List.of());
      assertThat(bob.proven()).isTrue();
      assertThat(bob.balanceOf(COIN)).contains(5L);
      assertThat(bob.key()).contains(SmallLedger.signer("bob").publicKey());
      assertThat(bob.height()).isEqualTo(Height.of(1));

      var nobody = client.provenAccount(new AccountId("nobody"), List.of(COIN));
      assertThat(nobody.proven()).isTrue();
      assertThat(nobody.key()).isEmpty();
      assertThat(nobody.balanceOf(COIN)).contains(0L);
    }
  }

  @Test
  void provesAReceipt() {
    try (var client = gateway.client()) {
      var good = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var bad = gateway.from(BOB).transfer(COIN, ALICE, 500);
      client.submitAndWait(good, LONG);
      client.submitAndWait(bad, LONG);

      var committed = (Outcome.Committed) client.provenTransaction(good.id()).orElseThrow();
      var rejected = (Outcome.Rejected) client.provenTransaction(bad.id()).orElseThrow();

      assertThat(committed.proven()).isTrue();
      assertThat(rejected.proven()).isTrue();
    }
  }

  @Test
  @Tag("fault-97")
  void aNodeThatIsBehindSaysSoInsteadOfAnsweringFromThePast() {
    try (var client = gateway.client()) {
      client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 5), LONG);
      gateway.ledger.stopCertifying();
      client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 6), LONG);

      var stale = client.provenAccountAsync(BOB, List.of(COIN), Height.of(2));
      assertThatThrownBy(stale::join)
          .hasCauseInstanceOf(SampoException.class)
          .hasMessageContaining("BEHIND");
      assertThat(client.accountAsync(BOB, List.of(), Height.of(2)).join().balanceOf(COIN))
          .contains(11L);
    }
  }

  @Test
  void describesBlocksAndStatus() {
    try (var client = gateway.client()) {
      client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 5), LONG);

      var block = client.latestBlock().orElseThrow();
      assertThat(block.getHeight()).isEqualTo(1);
      assertThat(block.getEntries(0).getCode()).isEqualTo("OK");

      var status = client.status();
      assertThat(status.getValidatorsCount()).isEqualTo(4);
      assertThat(status.getValidators(2).getLag()).isEqualTo(2);
      assertThat(status.getValidators(3).getReported()).isFalse();
      assertThat(status.getLeaderName()).isEqualTo("v2");
      assertThat(client.genesis()).isEqualTo(gateway.ledger.document());
    }
  }
}
