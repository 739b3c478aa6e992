package dev.sampo.core.packet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T11: what is due at a ledger is put into as many transactions as it takes")
class DueAtTest {

  private static final LedgerId ONE = new LedgerId(Bytes.fromHex("11".repeat(32)));
  private static final LedgerId TWO = new LedgerId(Bytes.fromHex("22".repeat(32)));

  private final DueAt due = new DueAt(TWO);

  private static OnPacket receive(long sequence, int length) {
    var packet =
        new Packet(
            new Packet.End(ONE, new ChannelId("there")),
            new Packet.End(TWO, new ChannelId("back")),
            sequence,
            LedgerTime.ofMillis(1),
            Assets.NAME,
            Bytes.copyOf(new byte[length]),
            Packet.VERSION);
    var proof = new TreeProof(List.of(), new TreeProof.End.Own());
    return new ReceivePacket(packet, new PacketProof(Height.of(1), proof));
  }

  @Test
  @DisplayName("long packets do not make a transaction longer than one may be")
  void boundsTheBytesOfABundle() {
    var parts = new ArrayList<OnPacket>();
    for (int i = 1; i <= 40; i++) {
      parts.add(receive(i, Packet.CONTENT_LENGTH_MAX));
    }

    parts.forEach(part -> due.add(part, Optional.empty()));

    assertThat(due.count()).isEqualTo(40);
    assertThat(due.bytes()).isGreaterThan(40 * Packet.CONTENT_LENGTH_MAX);
    var all = due.all();
    assertThat(all).hasSize(4);
    assertThat(all)
        .allMatch(
            each ->
                Assets.onPackets(each.operation()).length()
                    < SignedTransaction.ENCODED_BYTES_MAX - 4_096);
    assertThat(all).flatMap(RelayRound.Due::parts).containsExactlyElementsOf(parts);
  }

  @Test
  void isEmptyIfNothingIsDue() {
    assertThat(due.all()).isEmpty();
  }

  @Test
  @DisplayName("a single operation needs no bundle")
  void leavesASingleOneAsItIs() {
    var only = receive(1, 10);
    due.add(only, Optional.empty());

    assertThat(due.all().getFirst().operation()).isEqualTo(only);
    assertThatThrownBy(() -> new RelayRound.Due(ONE, Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
