package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.LIMITS;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: packets and proofs that are not believed")
class PacketRefusalTest {

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;
  private final Packet packet = ledgers.send(a, ALICE, GOLD, CAROL, 30);

  @AfterEach
  void conserves() {
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("T9: a packet for elsewhere is refused, without a receipt")
  void refusesWhatIsNotForThisChannel() {
    var other = Side.ofAssets("0c", GOLD);
    ledgers.open(LIMITS, new ChannelId("to-b.2"), new ChannelId("to-a.2"));
    var here = packet.destination();
    var there = packet.source();

    assertRefused("MISROUTED_PACKET", changed(there, new Packet.End(other.id(), TO_A)));
    assertRefused("MISROUTED_PACKET", changed(new Packet.End(other.id(), TO_B), here));
    assertRefused("UNKNOWN_CHANNEL", changed(there, new Packet.End(b.id(), TO_B)));
    assertRefused(
        "MISROUTED_PACKET", changed(new Packet.End(a.id(), new ChannelId("to-b.2")), here));
    assertRefused(
        "MISROUTED_PACKET", changed(there, new Packet.End(b.id(), new ChannelId("to-a.2"))));
    assertRefused("MISROUTED_PACKET", changed("notes", Packet.VERSION));
    assertRefused("MISROUTED_PACKET", changed(Assets.NAME, 2));
  }

  private void assertRefused(String code, Packet changed) {
    var proof = a.prove(packet.commitmentKey());
    assertThat(b.submit(a.update())).isEqualTo("OK");
    assertThat(b.submit(new ReceivePacket(changed, proof))).isEqualTo(code);
    assertThat(b.state().get(changed.receiptKey().name())).isEmpty();
    assertThat(b.balance(GOLD_ON_B, CAROL)).isZero();
  }

  private Packet changed(Packet.End source, Packet.End destination) {
    return new Packet(
        source,
        destination,
        packet.sequence(),
        packet.timeout(),
        packet.application(),
        packet.content(),
        packet.version());
  }

  private Packet changed(String application, int version) {
    return new Packet(
        packet.source(),
        packet.destination(),
        packet.sequence(),
        packet.timeout(),
        application,
        packet.content(),
        version);
  }

  private Packet changed(long sequence, LedgerTime timeout, Bytes content) {
    return new Packet(
        packet.source(),
        packet.destination(),
        sequence,
        timeout,
        packet.application(),
        content,
        packet.version());
  }

  @Test
  @DisplayName("T6, T9: what was not sent is not received, and leaves no receipt")
  void refusesAPacketThatDiffersFromTheOneSent() {
    var content = packet.content();
    var richer = Bytes.fromHex(content.hex().replace("1e", "7e"));
    assertThat(richer).isNotEqualTo(content);

    assertRefused("NOT_PROVEN", changed(1, packet.timeout(), richer));
    assertRefused("NOT_PROVEN", changed(2, packet.timeout(), content));
    assertRefused("NOT_PROVEN", changed(1, packet.timeout().plusMillis(1), content));
    assertThat(ledgers.receive(packet)).isEqualTo("OK");
  }

  @Test
  void refusesProofsOfOtherHeightsAndOtherLedgers() {
    var early = a.prove(packet.commitmentKey());
    assertThat(b.submit(new ReceivePacket(packet, early))).isEqualTo("UNKNOWN_ANCHOR");
    ledgers.send(a, ALICE, GOLD, CAROL, 1);
    assertThat(b.submit(a.update())).isEqualTo("OK");

    var late = Height.of(a.height());
    List.of(
            new PacketProof(late, early.tree()),
            new PacketProof(late, a.prove(packet.receiptKey()).tree()),
            new PacketProof(late, b.prove(packet.commitmentKey()).tree()))
        .forEach(
            proof ->
                assertThat(b.submit(new ReceivePacket(packet, proof))).isEqualTo("NOT_PROVEN"));
    var never = new PacketProof(Height.of(Long.MAX_VALUE), early.tree());
    assertThat(b.submit(new ReceivePacket(packet, never))).isEqualTo("UNKNOWN_ANCHOR");
    assertThat(b.state().get(packet.receiptKey().name())).isEmpty();
  }

  @Test
  @DisplayName("T1, T4: no refund without proof, nor with that of another packet or of presence")
  void refundsOnlyWithProof() {
    b.pass(2 * TwoLedgers.MINUTE);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    var receipt = b.prove(packet.receiptKey());
    var commitment = new PacketProof(receipt.anchor(), a.prove(packet.commitmentKey()).tree());
    var acknowledgement = new Acknowledgement("UNKNOWN_ACCOUNT");

    assertThat(a.submit(new AcknowledgePacket(packet, acknowledgement, receipt)))
        .isEqualTo("NOT_PROVEN");
    assertThat(a.submit(new AcknowledgePacket(packet, Acknowledgement.OK, receipt)))
        .isEqualTo("NOT_PROVEN");
    assertThat(a.submit(new TimeoutPacket(packet, commitment))).isEqualTo("NOT_PROVEN");
    assertThat(a.submit(new TimeoutPacket(changed(2, packet.timeout(), packet.content()), receipt)))
        .isEqualTo("UNKNOWN_PACKET");
    assertThat(
            a.submit(
                new TimeoutPacket(changed(1, LedgerTime.ofMillis(1), packet.content()), receipt)))
        .isEqualTo("UNKNOWN_PACKET");
    assertThat(b.submit(new TimeoutPacket(packet, receipt))).isEqualTo("MISROUTED_PACKET");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(970);
    assertThat(a.submit(new TimeoutPacket(packet, receipt))).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  void believesNoOtherAcknowledgementThanTheOne() {
    ledgers.receive(packet);
    var proof = b.prove(packet.acknowledgementKey());
    assertThat(a.submit(b.update())).isEqualTo("OK");
    assertThat(
            a.submit(new AcknowledgePacket(packet, new Acknowledgement("UNKNOWN_ACCOUNT"), proof)))
        .isEqualTo("NOT_PROVEN");
    assertThat(a.submit(new AcknowledgePacket(packet, Acknowledgement.OK, proof))).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(970);
  }

  @Test
  @DisplayName("T7: a paused channel sends and receives nothing, but ends what is under way")
  void endsPacketsOfAPausedChannel() {
    var second = ledgers.send(a, ALICE, GOLD, CAROL, 5);
    ledgers.receive(second);
    assertThat(a.decide(new Action.PauseChannel(TO_B))).isEqualTo("OK");
    assertThat(b.decide(new Action.PauseChannel(TO_A))).isEqualTo("OK");

    assertThat(ledgers.receive(packet)).isEqualTo("CHANNEL_PAUSED");
    assertThat(b.state().get(packet.receiptKey().name())).isEmpty();
    assertThat(a.submit(ALICE, Assets.sendAcross(TO_B, GOLD, CAROL, 1, b.in(60_000))))
        .isEqualTo("CHANNEL_PAUSED");
    assertThat(ledgers.acknowledge(second)).isEqualTo("OK");
    assertThat(b.decide(new Action.ResumeChannel(TO_A))).isEqualTo("OK");
    assertThat(ledgers.receive(packet)).isEqualTo("OK");
    assertThat(b.decide(new Action.PauseChannel(TO_A))).isEqualTo("OK");
    assertThat(a.decide(new Action.ResumeChannel(TO_B))).isEqualTo("OK");

    var third = ledgers.send(a, ALICE, GOLD, CAROL, 7);
    b.pass(2 * TwoLedgers.MINUTE);
    assertThat(ledgers.timeOut(third)).isEqualTo("OK");
  }

  @Test
  void receivesNothingOfAProofWithABitFlipped() {
    var good = Assets.onPackets(a.receive(packet));
    b.submit(a.update());
    assertThat(b.tried(Side.RELAYER, good)).isInstanceOf(Outcome.Ok.class);
    for (int bit = 0; bit < good.length() * 8; bit++) {
      var copy = good.toByteArray();
      copy[bit / 8] ^= (byte) (0x80 >>> bit % 8);
      assertThat(b.tried(Side.RELAYER, Bytes.owning(copy)))
          .as("bit %d", bit)
          .isInstanceOf(Outcome.Failed.class);
    }
  }
}
