package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.Operation;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T11: bundles of operations on packets")
class BundleTest {

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;

  @Test
  @DisplayName("the parts rest upon the anchor that comes with them, and each tells of itself")
  void carriesSeveralPacketsByOneSignature() {
    var first = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var second = ledgers.send(a, ALICE, GOLD, BOB, 12);

    assertThat(b.submit(bundle(a.update(), a.receive(first), a.receive(second)))).isEqualTo("OK");

    assertThat(b.events())
        .containsExactly(
            "client_updated",
            "packet_received",
            "voucher_minted",
            "packet_received",
            "voucher_minted");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);
    assertThat(b.balance(GOLD_ON_B, BOB)).isEqualTo(12);

    var back = bundle(b.update(), b.acknowledge(first), b.acknowledge(second));
    assertThat(a.submit(back)).isEqualTo("OK");
    assertThat(PacketState.pendingFrom(a.state(), TO_B, 1, 10)).isEmpty();
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("each part sees what those before it did: the same packet is received once")
  void receivesOnceWhatComesTwice() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var other = ledgers.send(a, ALICE, GOLD, CAROL, 5);
    var receive = a.receive(packet);

    b.submit(bundle(a.update(), receive, receive, a.receive(other)));

    assertThat(b.events())
        .containsExactly(
            "client_updated",
            "packet_received",
            "voucher_minted",
            "packet_received_already",
            "packet_received",
            "voucher_minted");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(35);
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("a part that fails leaves only word of it, and the others go on")
  void goesOnBehindWhatFails() {
    var good = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var also = ledgers.send(a, ALICE, GOLD, CAROL, 1);
    var unproven = new PacketOperation.ReceivePacket(good, a.prove(good.receiptKey()));

    assertThat(b.submit(bundle(a.update(), a.receive(also), unproven, a.receive(good))))
        .isEqualTo("OK");

    assertThat(b.events()).contains("operation_failed");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(31);
    assertThat(BundleOutcome.failures(receipt("OK"), 4))
        .containsExactly(
            Optional.empty(), Optional.empty(), Optional.of("NOT_PROVEN"), Optional.empty());
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("a refund that is not proven keeps its commitment, and another is made")
  void refundsOnlyWhatIsProven() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var late = ledgers.send(a, ALICE, GOLD, CAROL, 1);
    b.pass(2 * MINUTE);
    var tooEarly = new PacketOperation.TimeoutPacket(packet, a.prove(packet.receiptKey()));

    assertThat(a.submit(bundle(b.update(), tooEarly, b.timeOut(late)))).isEqualTo("OK");

    assertThat(PacketState.pendingFrom(a.state(), TO_B, 1, 10)).containsExactly(packet);
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(970);
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("if all parts fail, so does the transaction, by the code of the first")
  void failsIfNothingOfItWorks() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);

    assertThat(b.submit(new Bundle(Optional.empty(), List.of(a.receive(packet)))))
        .isEqualTo("UNKNOWN_ANCHOR");

    assertThat(b.events()).isEmpty();
    assertThat(b.answered(packet)).isEmpty();
    assertThat(BundleOutcome.failures(receipt("UNKNOWN_ANCHOR"), 2))
        .containsExactly(Optional.of("UNKNOWN_ANCHOR"), Optional.of("UNKNOWN_ANCHOR"));
  }

  @Test
  @DisplayName("the anchor may be known already, and the parts rest upon it nevertheless")
  void goesOnIfTheAnchorIsThere() {
    var packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var bundle = bundle(a.update(), a.receive(packet));
    assertThat(b.submit(a.update())).isEqualTo("OK");

    assertThat(b.submit(bundle)).isEqualTo("OK");

    assertThat(b.events()).containsExactly("client_unchanged", "packet_received", "voucher_minted");
  }

  @Test
  void holdsOneToFifteenParts() throws Malformed {
    var receive = a.receive(ledgers.send(a, ALICE, GOLD, CAROL, 30));
    var most = new Bundle(Optional.empty(), Collections.nCopies(Bundle.PARTS_MAX, receive));
    assertThat(Operation.decode(Assets.onPackets(most))).isEqualTo(new Operation.OnPackets(most));

    assertThatThrownBy(() -> new Bundle(Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Bundle(Optional.empty(), Collections.nCopies(Bundle.PARTS_MAX + 1, receive)))
        .isInstanceOf(IllegalArgumentException.class);
    var deep =
        new PacketOperation.ReceivePacket(
            receive.packet(),
            new PacketProof(
                receive.proof().anchor(),
                new TreeProof(Collections.nCopies(256, Hash.ZERO), new TreeProof.End.Own())));
    var deepest = new Bundle(Optional.empty(), Collections.nCopies(4, deep));
    assertThatThrownBy(() -> new Bundle(Optional.empty(), Collections.nCopies(5, deep)))
        .isInstanceOf(IllegalArgumentException.class);
    // Each of them but the first is short, as it shares all: one more is one more in the count.
    var hex = Assets.onPackets(deepest).hex();
    var last = hex.substring(hex(3, deep).length());
    assertThat(malformed(hex)).isFalse();
    assertThat(malformed(hex.replaceFirst("0000000000000004", "0000000000000005") + last)).isTrue();
  }

  @Test
  @DisplayName("only operations on packets are parts, and only an update comes before them")
  void holdsNothingElse() {
    var receive = a.receive(ledgers.send(a, ALICE, GOLD, CAROL, 30));
    var inner = Assets.onPackets(new Bundle(Optional.empty(), List.of(receive))).hex();
    var update = Assets.onPackets(a.update()).hex();
    // In a bundle a proof is written otherwise than alone.
    var whole = Assets.onPackets(bundle(a.update(), receive)).hex();
    var part = whole.substring(("0c" + "00000001" + update + "00000001").length());

    assertThat(malformed("0c" + "00000000" + "00000001" + inner)).isTrue();
    assertThat(malformed("0c" + "00000000" + "00000001" + update)).isTrue();
    assertThat(malformed("0c" + "00000001" + part + "00000001" + part)).isTrue();
    assertThat(malformed("0c" + "00000002" + update + update + "00000001" + part)).isTrue();
    assertThat(malformed("0c" + "00000001" + update + "00000001" + part)).isFalse();
    assertThat(malformed("0c" + "00000000" + "00000001" + part)).isFalse();
  }

  @Test
  @DisplayName("fifteen accounts with twelve holdings each arrive by one transaction")
  void hasRoomForTheLargestParts() {
    var sharded = TwoLedgers.sharded();
    var holdings = issueAll(sharded.a);
    var packets = new ArrayList<Packet>();
    for (int i = 0; i < Bundle.PARTS_MAX; i++) {
      var account = new AccountId("mover" + (char) ('a' + i));
      sharded.a.submit(ALICE, Assets.openAccount(account, TestKeys.key(account.name())));
      for (var asset : holdings) {
        assertThat(sharded.a.submit(ALICE, Assets.transfer(asset, account, 1))).isEqualTo("OK");
      }
      packets.add(sharded.move(sharded.a, account));
    }
    var parts = packets.stream().<OnPacket>map(sharded.a::receive).toList();

    assertThat(sharded.b.submit(new Bundle(Optional.of(sharded.a.update()), parts)))
        .isEqualTo("OK");

    assertThat(sharded.b.events()).hasSize(1 + Bundle.PARTS_MAX * 14);
    assertThat(sharded.b.account(new AccountId("movera"))).isPresent();
    assertThat(sharded.b.balance(new AssetId(TO_A + ":" + holdings.getLast().name()), moverO()))
        .isEqualTo(1);
  }

  private static AccountId moverO() {
    return new AccountId("movero");
  }

  private static List<AssetId> issueAll(Side side) {
    var all = IntStream.range(0, 12).mapToObj(i -> new AssetId("metal" + i)).toList();
    all.forEach(
        asset -> assertThat(side.submit(ALICE, Assets.issueAsset(asset, 100))).isEqualTo("OK"));
    return all;
  }

  private static String hex(int parts, OnPacket part) {
    return Assets.onPackets(new Bundle(Optional.empty(), Collections.nCopies(parts, part))).hex();
  }

  private static boolean malformed(String hex) {
    try {
      Operation.decode(Bytes.fromHex(hex));
      return false;
    } catch (Malformed refused) {
      return true;
    }
  }

  private static Bundle bundle(UpdateClient update, OnPacket... parts) {
    return new Bundle(Optional.of(update), List.of(parts));
  }

  private Receipt receipt(String code) {
    var events = code.equals("OK") ? b.lastEvents() : List.<Event>of();
    return new Receipt(new TransactionId(Hash.ZERO), Height.of(1), 0, code, events, Hash.ZERO);
  }
}
