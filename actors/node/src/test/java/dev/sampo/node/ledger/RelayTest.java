package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.packet.Action;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.ChannelLimits;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.Proposal;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.relay.RelaySettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: validators relay packets between the ledgers that they host")
@Order(1)
final class RelayTest {

  private static final ChannelId CHANNEL = new ChannelId("peer");
  private static final AssetId VOUCHER = new AssetId("peer:coin");
  private static final AccountId NOBODY = new AccountId("nobody");
  private static final long DAY = 24L * 60 * 60 * 1_000;
  private static final ChannelLimits LIMITS = new ChannelLimits(500, DAY, DAY, 1_000, 1_000_000);
  private static final Duration STEP = Duration.ofMillis(100);

  private final Validators first = new Validators(4);
  private final Validators second = first.anotherLedger(0);
  private Replicas replicas;
  private LedgerAccess here;
  private LedgerAccess there;

  @BeforeEach
  void start() throws Exception {
    replicas = Replicas.start(first, second);
    here = replicas.accesses(0).getFirst();
    there = replicas.accesses(1).getFirst();
    connect(first, here, second);
    connect(second, there, first);
  }

  @AfterEach
  void stop() {
    replicas.stop();
  }

  private void relayAt(int... validators) {
    for (int each : validators) {
      replicas.relay(each, new RelaySettings(Validators.RELAY, Validators.RELAY_SIGNER, STEP));
    }
  }

  private static void connect(Validators at, LedgerAccess access, Validators peer)
      throws Exception {
    var genesis = peer.genesis();
    decide(at, access, 1, new Action.ConnectClient(genesis.ledgerId(), genesis.validators(), DAY));
    decide(at, access, 2, new Action.OpenChannel(CHANNEL, genesis.ledgerId(), CHANNEL, LIMITS));
  }

  private static void decide(Validators at, LedgerAccess access, long number, Action action)
      throws Exception {
    var approval = new PacketOperation.Approve(new Proposal(number, action));
    assertThat(commit(access, at.fromAlice(Assets.onPackets(approval)))).isEqualTo("OK");
  }

  @Test
  void aTransferCrossesAndItsAcknowledgementComesBack() throws Exception {
    relayAt(1);
    send(Validators.BOB, 30, Duration.ofMinutes(10));

    awaitBalance(there, VOUCHER, Validators.BOB, 30);
    awaitEscrow(30);
  }

  @Test
  void aMissingAccountAtTheDestinationRefunds() throws Exception {
    relayAt(1);
    send(NOBODY, 30, Duration.ofMinutes(10));

    awaitBalance(here, Validators.COIN, Validators.ALICE, 1_000_000);
  }

  @Test
  @DisplayName("what nobody relayed in time is refunded by the first relay there is")
  void aTimeoutRefunds() throws Exception {
    relayAt(1);
    send(Validators.BOB, 30, Duration.ofMillis(1));

    awaitBalance(here, Validators.COIN, Validators.ALICE, 1_000_000);
    assertThat(balance(there, VOUCHER, Validators.BOB)).isZero();
  }

  @Test
  void severalRelaysAtOnceHaveNoDoubleEffect() throws Exception {
    relayAt(0, 1, 2, 3);
    for (int i = 0; i < 20; i++) {
      send(Validators.BOB, 1, Duration.ofMinutes(10));
    }

    awaitBalance(there, VOUCHER, Validators.BOB, 20);
    awaitEscrow(20);
  }

  /** Nothing is sent before a relay has given the new client its first anchor. */
  private void send(AccountId to, long amount, Duration timeout) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              var time =
                  LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(timeout.toMillis());
              var late = Duration.ofMillis(1).equals(timeout);
              var at = late ? time.plusMillis(LIMITS.timeoutMin()) : time;
              var payload = Assets.sendAcross(CHANNEL, Validators.COIN, to, amount, at);
              return commit(here, first.fromAlice(payload)).equals("OK");
            });
  }

  private static String commit(LedgerAccess access, SignedTransaction transaction)
      throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(access.submit(transaction)) instanceof SubmitOutcome.Accepted);
    var view = get(access.watch(transaction.id(), Duration.ofSeconds(20)));
    return view instanceof TransactionView.Executed(var receipt, var _, var _)
        ? receipt.code()
        : view.toString();
  }

  private static void awaitBalance(
      LedgerAccess access, AssetId asset, AccountId account, long amount) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(balance(access, asset, account)).isEqualTo(amount));
  }

  private static long balance(LedgerAccess access, AssetId asset, AccountId account)
      throws Exception {
    return get(access.account(new AccountQuery(account, List.of(asset), false)))
        .balances()
        .getFirst()
        .amount();
  }

  /** What alice has not is locked, and stays so when the acknowledgement came. */
  private void awaitEscrow(long amount) {
    awaitBalance(here, Validators.COIN, Validators.ALICE, 1_000_000 - amount);
    var source = replicas.reader(0);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(PacketState.pendingFrom(source.state(), CHANNEL, 1, 10)).isEmpty());
    assertThat(
            Assets.amountOf(source.state().get(Assets.escrowKey(Validators.COIN, CHANNEL).name())))
        .isEqualTo(amount);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
