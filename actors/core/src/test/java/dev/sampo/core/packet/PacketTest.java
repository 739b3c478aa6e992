package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.LIMITS;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.SALT;
import static dev.sampo.core.packet.TwoLedgers.SALT_ON_A;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.transaction.AccountId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: amounts that cross from one ledger to another")
class PacketTest {

  private static final AccountId NOBODY = new AccountId("nobody");

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;

  @AfterEach
  void conserves() {
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("T5: what leaves is kept in escrow, and as much is minted at the other end")
  void mintsAVoucherForWhatIsLocked() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    assertThat(a.events()).containsExactly("packet_sent", "asset_locked");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(970);
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(30);

    assertThat(ledgers.receive(packet)).isEqualTo("OK");
    assertThat(b.events()).containsExactly("packet_received", "voucher_minted");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);

    assertThat(ledgers.acknowledge(packet)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_acknowledged");
    assertThat(PacketState.pending(a.state(), TO_B, 1)).isEmpty();
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(30);
  }

  @Test
  @DisplayName("T5: a voucher goes home, where what it stands for is unlocked")
  void bringsAVoucherHome() {
    ledgers.receive(ledgers.send(a, ALICE, GOLD, CAROL, 30));
    var back = ledgers.send(b, CAROL, GOLD_ON_B, BOB, 20);
    assertThat(b.events()).containsExactly("packet_sent", "voucher_burnt");
    assertThat(Assets.supply(b.state(), GOLD_ON_B)).isEqualTo(10);

    assertThat(ledgers.receive(back)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_received", "asset_unlocked");
    assertThat(a.balance(GOLD, BOB)).isEqualTo(520);
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(10);
    assertThat(ledgers.acknowledge(back)).isEqualTo("OK");
  }

  @Test
  @DisplayName("T5: what only the other channel locked is not unlocked")
  void keepsTwoChannelsApart() {
    var secondOnA = new ChannelId("to-b.2");
    var secondOnB = new ChannelId("to-a.2");
    ledgers.open(LIMITS, secondOnA, secondOnB);
    ledgers.receive(ledgers.send(a, ALICE, GOLD, CAROL, 30));

    // Back by the other channel it is a voucher for a voucher, and alice's gold stays locked.
    var timeout = a.in(MINUTE);
    assertThat(b.submit(CAROL, Assets.sendAcross(secondOnB, GOLD_ON_B, BOB, 30, timeout)))
        .isEqualTo("OK");
    var packet = b.lastSent(secondOnB);
    assertThat(ledgers.receive(packet)).isEqualTo("OK");
    var twice = new AssetId("to-b.2:to-a:gold");
    assertThat(a.balance(twice, BOB)).isEqualTo(30);
    assertThat(a.balance(GOLD, BOB)).isEqualTo(500);
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(30);
    assertThat(a.escrow(GOLD, secondOnA)).isZero();

    // Only the way that it came leads home.
    assertThat(a.submit(BOB, Assets.sendAcross(TO_B, twice, CAROL, 30, b.in(MINUTE))))
        .isEqualTo("OK");
    assertThat(ledgers.receive(a.lastSent(TO_B))).isEqualTo("OK");
    assertThat(b.balance(new AssetId("to-a:to-b.2:to-a:gold"), CAROL)).isEqualTo(30);
    assertThat(b.balance(GOLD_ON_B, CAROL)).isZero();
  }

  @Test
  @DisplayName("T5: a path that is too long is refused at its end, and refunded")
  void refundsWhatHasCrossedTooOften() {
    var asset = GOLD;
    for (int i = 0; i < AssetId.CHANNELS_MAX; i++) {
      // There by one channel and back by another: the path grows each time.
      var onA = new ChannelId("x" + i);
      var onB = new ChannelId("y" + i);
      ledgers.open(LIMITS, onA, onB);
      var from = i % 2 == 0 ? a : b;
      var to = i % 2 == 0 ? b : a;
      var way = i % 2 == 0 ? onA : onB;
      assertThat(from.submit(ALICE, Assets.sendAcross(way, asset, ALICE, 1, to.in(MINUTE))))
          .isEqualTo("OK");
      assertThat(ledgers.receive(from.lastSent(way))).isEqualTo("OK");
      asset = AssetId.voucher(i % 2 == 0 ? onB : onA, asset).orElseThrow();
      assertThat(to.balance(asset, ALICE)).isEqualTo(1);
    }

    var last = ledgers.send(a, ALICE, asset, ALICE, 1);
    assertThat(ledgers.receive(last)).isEqualTo("OK");
    assertThat(b.answered(last)).contains(new Acknowledgement("VOUCHER_PATH_TOO_LONG"));
    assertThat(ledgers.acknowledge(last)).isEqualTo("OK");
    assertThat(a.balance(asset, ALICE)).isEqualTo(1);
  }

  @Test
  @DisplayName("T4: an error of the application leaves receipt and acknowledgement, no effect")
  void refundsWhatTheDestinationRefusesExactlyOnce() {
    var packet = ledgers.send(a, ALICE, GOLD, NOBODY, 30);
    assertThat(ledgers.receive(packet)).isEqualTo("OK");
    assertThat(b.events()).containsExactly("packet_received");
    assertThat(b.answered(packet)).contains(new Acknowledgement("UNKNOWN_ACCOUNT"));
    assertThat(b.state().get(packet.receiptKey().name())).isPresent();
    assertThat(Assets.supply(b.state(), GOLD_ON_B)).isZero();

    assertThat(ledgers.acknowledge(packet)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_acknowledged", "asset_unlocked");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
    assertThat(ledgers.acknowledge(packet)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_settled_already");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  void mintsAgainWhatWasBurntForAPacketThatIsRefused() {
    ledgers.receive(ledgers.send(b, ALICE, SALT, CAROL, 40));
    var back = ledgers.send(a, CAROL, SALT_ON_A, NOBODY, 40);
    assertThat(Assets.supply(a.state(), SALT_ON_A)).isZero();
    ledgers.receive(back);
    assertThat(b.escrow(SALT, TO_A)).isEqualTo(40);

    assertThat(ledgers.acknowledge(back)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_acknowledged", "voucher_minted");
    assertThat(a.balance(SALT_ON_A, CAROL)).isEqualTo(40);
  }

  @Test
  @DisplayName("T2, T3: a replay of any age changes nothing and tells what was answered")
  void receivesAPacketOnce() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    ledgers.receive(packet);
    assertThat(ledgers.receive(packet)).isEqualTo("OK");
    assertThat(b.events()).containsExactly("packet_received_already");

    ledgers.acknowledge(packet);
    b.pass(2 * MINUTE);
    assertThat(b.submit(new PacketOperation.ReceivePacket(packet, a.prove(packet.receiptKey()))))
        .isEqualTo("OK");
    assertThat(b.events()).containsExactly("packet_received_already");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);
  }

  @Test
  @DisplayName("T1: the destination's time alone decides, and refunds only what was not received")
  void refundsAfterTheTimeoutWithProofThatNothingWasReceived() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    a.pass(2 * MINUTE);
    assertThat(ledgers.timeOut(packet)).isEqualTo("TIMEOUT_NOT_REACHED");
    b.pass(2 * MINUTE);
    assertThat(ledgers.receive(packet)).isEqualTo("PACKET_TIMED_OUT");
    assertThat(b.state().get(packet.receiptKey().name())).isEmpty();

    assertThat(ledgers.timeOut(packet)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("packet_timed_out", "asset_unlocked");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
    assertThat(ledgers.timeOut(packet)).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  @DisplayName("T1: received in the last block before the timeout, it is never refunded")
  void doesNotRefundWhatWasReceivedJustInTime() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var receive = a.receive(packet);
    assertThat(b.submit(a.update())).isEqualTo("OK");
    var early = b.timeOut(packet);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    b.pass(packet.timeout().millis() - 1 - 1_000 - b.time());
    assertThat(b.submit(receive)).isEqualTo("OK");
    assertThat(b.time()).isEqualTo(packet.timeout().millis() - 1);
    b.pass(MINUTE);

    assertThat(ledgers.timeOut(packet)).isEqualTo("NOT_PROVEN");
    assertThat(a.submit(early)).isEqualTo("TIMEOUT_NOT_REACHED");
    assertThat(ledgers.acknowledge(packet)).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(970);
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);
  }

  @Test
  @DisplayName("T1: in the block whose time is the timeout it is received no more, but refunded")
  void decidesTheRaceAtTheTimeoutItself() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var receive = a.receive(packet);
    assertThat(b.submit(a.update())).isEqualTo("OK");
    b.pass(packet.timeout().millis() - 1_000 - b.time());
    assertThat(b.submit(receive)).isEqualTo("PACKET_TIMED_OUT");
    assertThat(b.time()).isEqualTo(packet.timeout().millis());

    assertThat(ledgers.timeOut(packet)).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
    assertThat(b.balance(GOLD_ON_B, CAROL)).isZero();
  }

  @Test
  @DisplayName("T9: a timeout is neither too near nor too far, as the source knows the time there")
  void refusesTimeoutsOutOfBounds() {
    long known = PacketState.client(a.state(), b.id()).orElseThrow().newest().time().millis();
    assertThat(sendWithTimeout(known + LIMITS.timeoutMin() - 1)).isEqualTo("INVALID_TIMEOUT");
    assertThat(sendWithTimeout(known + LIMITS.timeoutMax() + 1)).isEqualTo("INVALID_TIMEOUT");
    assertThat(sendWithTimeout(0)).isEqualTo("INVALID_TIMEOUT");
    assertThat(sendWithTimeout(Long.MAX_VALUE)).isEqualTo("INVALID_TIMEOUT");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
    assertThat(a.escrow(GOLD, TO_B)).isZero();
    assertThat(sendWithTimeout(known + LIMITS.timeoutMin())).isEqualTo("OK");
    assertThat(sendWithTimeout(known + LIMITS.timeoutMax())).isEqualTo("OK");
  }

  private String sendWithTimeout(long millis) {
    return a.submit(
        ALICE,
        Assets.sendAcross(TO_B, GOLD, CAROL, 1, dev.sampo.core.types.LedgerTime.ofMillis(millis)));
  }

  @Test
  void takesNothingFromWhoCannotSend() {
    assertThat(send(TO_B, GOLD, 1_001)).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(send(TO_B, GOLD, 0)).isEqualTo("INVALID_AMOUNT");
    assertThat(send(TO_B, new AssetId("tin"), 1)).isEqualTo("UNKNOWN_ASSET");
    assertThat(send(TO_B, SALT_ON_A, 1)).isEqualTo("UNKNOWN_ASSET");
    assertThat(send(TO_A, GOLD, 1)).isEqualTo("UNKNOWN_CHANNEL");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  private String send(ChannelId channel, AssetId asset, long amount) {
    return a.submit(ALICE, Assets.sendAcross(channel, asset, CAROL, amount, b.in(MINUTE)));
  }

  @Test
  void letsNobodyIssueVouchers() {
    assertThat(a.submit(ALICE, Assets.issueAsset(SALT_ON_A, 5))).isEqualTo("NOT_ISSUER");
    ledgers.receive(ledgers.send(b, ALICE, SALT, ALICE, 40));
    assertThat(a.submit(ALICE, Assets.issueAsset(SALT_ON_A, 5))).isEqualTo("NOT_ISSUER");
    assertThat(a.submit(ALICE, Assets.transfer(SALT_ON_A, BOB, 40))).isEqualTo("OK");
    assertThat(a.balance(SALT_ON_A, BOB)).isEqualTo(40);
  }

  @Test
  @DisplayName("T9: channels are unordered")
  void receivesPacketsInAnyOrder() {
    var first = ledgers.send(a, ALICE, GOLD, CAROL, 1);
    var second = ledgers.send(a, ALICE, GOLD, CAROL, 2);
    assertThat(ledgers.receive(second)).isEqualTo("OK");
    assertThat(ledgers.receive(first)).isEqualTo("OK");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(3);
  }
}
