package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.DAY;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.SALT;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.Operation;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Approve;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: encodings and keys of packets")
class PacketEncodingTest {

  private static final LedgerId ONE = new LedgerId(Bytes.fromHex("11".repeat(32)));
  private static final LedgerId TWO = new LedgerId(Bytes.fromHex("22".repeat(32)));
  private static final Packet PACKET =
      new Packet(
          new Packet.End(ONE, TO_B),
          new Packet.End(TWO, TO_A),
          7,
          LedgerTime.ofMillis(0x01020304),
          Assets.NAME,
          Bytes.fromHex("c0ffee"),
          Packet.VERSION);

  @Test
  void packetsAreEncodedAsThePublishedTableSays() throws Malformed {
    assertThat(PACKET.encoded().hex())
        .isEqualTo(
            "11".repeat(32)
                + "00000004"
                + hex("to-b")
                + "22".repeat(32)
                + "00000004"
                + hex("to-a")
                + "0000000000000007"
                + "0000000001020304"
                + "00000006"
                + hex("assets")
                + "00000003c0ffee"
                + "0001");
    assertThat(Packet.decode(PACKET.encoded())).isEqualTo(PACKET);
    assertThat(Acknowledgement.OK.encoded().hex()).isEqualTo("00000002" + hex("OK"));
    assertThat(Acknowledgement.decode(Acknowledgement.OK.encoded()).ok()).isTrue();
  }

  private static String hex(String ascii) {
    return Bytes.copyOf(ascii.getBytes(StandardCharsets.US_ASCII)).hex();
  }

  @Test
  void keysAreThoseOfThePublishedTable() {
    assertThat(PACKET.commitmentKey())
        .hasToString("APPLICATION:commitment/to-b/0000000000000000007");
    assertThat(PACKET.receiptKey()).hasToString("APPLICATION:receipt/to-a/0000000000000000007");
    assertThat(PACKET.acknowledgementKey()).hasToString("APPLICATION:ack/to-a/0000000000000000007");
    assertThat(PacketKeys.anchor(ONE, Height.of(Long.MAX_VALUE)))
        .isEqualTo(Bytes.fromHex(hex("anchor/" + ONE.hex() + "/9223372036854775807")));
    assertThat(PacketKeys.commitment(TO_B, 9)).isLessThan(PacketKeys.commitment(TO_B, 10));
  }

  @Test
  void packetsAreBounded() {
    var tooLong = Bytes.copyOf(new byte[Packet.CONTENT_LENGTH_MAX + 1]);
    assertThatThrownBy(
            () ->
                new Packet(
                    PACKET.source(),
                    PACKET.destination(),
                    1,
                    PACKET.timeout(),
                    Assets.NAME,
                    tooLong,
                    1))
        .isInstanceOf(IllegalArgumentException.class);
    var zeroth = PACKET.encoded().hex().replace("0000000000000007", "0000000000000000");
    assertThatThrownBy(() -> Packet.decode(Bytes.fromHex(zeroth))).isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("T6: no payload makes the application throw, and each has one encoding")
  void answersEveryPayload() throws Malformed {
    var ledgers = TwoLedgers.connected();
    var packet = ledgers.send(ledgers.a, ALICE, GOLD, CAROL, 30);
    for (var payload : payloads(ledgers, packet)) {
      assertThat(Operation.decode(payload).encoded()).isEqualTo(payload);
      for (int length = 0; length < payload.length(); length++) {
        assertThat(ledgers.b.tried(Side.OLGA, payload.slice(0, length)))
            .isEqualTo(Outcome.failed("MALFORMED_PAYLOAD"));
      }
      for (int bit = 0; bit < payload.length() * 8; bit += 5) {
        var copy = payload.toByteArray();
        copy[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        assertThat(ledgers.b.tried(Side.OLGA, Bytes.owning(copy))).isNotNull();
        assertThat(isCanonicalOrMalformed(Bytes.owning(copy))).as("bit %d", bit).isTrue();
      }
    }
  }

  private static boolean isCanonicalOrMalformed(Bytes payload) {
    try {
      return Operation.decode(payload).encoded().equals(payload);
    } catch (Malformed refused) {
      return true;
    }
  }

  private static List<Bytes> payloads(TwoLedgers ledgers, Packet packet) {
    var a = ledgers.a;
    var b = ledgers.b;
    var receive = a.receive(packet);
    assertThat(b.submit(a.update())).isEqualTo("OK");
    var at = Height.of(a.height());
    var anchor = PacketState.anchor(b.state(), a.id(), at).orElseThrow();
    return List.of(
        Assets.sendAcross(TO_A, SALT, CAROL, 5, a.in(MINUTE)),
        Assets.onPackets(receive),
        Assets.onPackets(a.timeOut(packet)),
        Assets.onPackets(new AcknowledgePacket(packet, Acknowledgement.OK, receive.proof())),
        Assets.onPackets(a.update(1)),
        Assets.onPackets(a.update()),
        Assets.onPackets(new Bundle(Optional.of(a.update()), List.of(receive, a.timeOut(packet)))),
        Assets.onPackets(new Bundle(Optional.empty(), List.of(receive))),
        Assets.onPackets(new ReportFork(a.update(1).finality(), a.update(2).finality())),
        approval(new Action.ConnectClient(a.id(), TestLedger.validators(), DAY)),
        approval(new Action.OpenChannel(TO_B, a.id(), TO_A, ChannelLimits.DEFAULT)),
        approval(new Action.PauseChannel(TO_A)),
        approval(new Action.ResumeChannel(TO_A)),
        approval(new Action.ResolveClient(a.id(), anchor)));
  }

  private static Bytes approval(Action action) {
    return Assets.onPackets(new Approve(new Proposal(7, action)));
  }
}
