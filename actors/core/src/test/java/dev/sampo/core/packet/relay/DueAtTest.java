package dev.sampo.core.packet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T11: what is due at a ledger is put into as many transactions as it takes")
class DueAtTest {

  private static final LedgerId ONE = new LedgerId(Bytes.fromHex("11".repeat(32)));
  private static final LedgerId TWO = new LedgerId(Bytes.fromHex("22".repeat(32)));

  private final DueAt due = new DueAt(TWO);

  @Test
  @DisplayName("what parts share is not counted twice, and what they have at most is kept to")
  void countsWhatABundleIsLong() {
    for (int i = 1; i <= 40; i++) {
      due.add(receive(i, 100, i < 20 ? 20 : 256), Optional.empty());
    }

    var bundles = due.all().stream().map(each -> (Bundle) each.operation()).toList();
    // What is not a part: the code and the lengths of two lists.
    int length = bundles.stream().mapToInt(each -> length(each) - 9).sum();
    assertThat(due.bytes()).isEqualTo(length);
    assertThat(bundles).flatMap(Bundle::parts).hasSize(40);
    assertThat(bundles.getFirst().parts()).hasSize(15);
    assertThat(bundles.getLast().parts()).hasSizeLessThanOrEqualTo(4);
  }

  private static int length(Bundle bundle) {
    return WireWriter.encode(bundle::writeTo).length();
  }

  private static OnPacket receive(long sequence, int length) {
    return receive(sequence, length, 0);
  }

  private static OnPacket receive(long sequence, int length, int siblings) {
    var packet =
        new Packet(
            new Packet.End(ONE, new ChannelId("there")),
            new Packet.End(TWO, new ChannelId("back")),
            sequence,
            LedgerTime.ofMillis(1),
            Assets.NAME,
            Bytes.copyOf(new byte[length]),
            Packet.VERSION);
    // The lower half of the path is the packet's own.
    var path =
        IntStream.range(0, siblings)
            .mapToObj(i -> Sha256.hash(Bytes.ofAscii(i < siblings / 2 ? "x" : i + "." + sequence)))
            .toList();
    var proof = new TreeProof(path, new TreeProof.End.Own());
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

  /** An anchor whose finality takes a chain of so many headers. */
  private static UpdateClient anchor(int headers) {
    var position =
        new BlockHeader.Position(Epoch.ZERO, View.of(2), Height.of(2), Hash.ZERO, View.of(1));
    var content =
        new BlockHeader.Content(Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Height.ZERO, Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            ONE,
            position,
            LedgerTime.ofMillis(1),
            ValidatorIndex.of(0),
            BlockType.NORMAL,
            content);
    var finalization =
        new Certificate(new Statement.Finalize(Epoch.ZERO, View.of(2), Hash.ZERO), List.of());
    var state =
        new Statement.StateAttest(Epoch.ZERO, Height.of(2), Hash.ZERO, Hash.ZERO, Hash.ZERO);
    return new UpdateClient(
        new FinalityProof(Collections.nCopies(headers, header), finalization),
        new Certificate(state, List.of()));
  }

  @Test
  @DisplayName("each transaction brings the anchor, and a long one leaves less room for parts")
  void bringsTheAnchorInEach() {
    var anchor = Optional.of(anchor(100));
    for (int i = 1; i <= 10; i++) {
      due.add(receive(i, Packet.CONTENT_LENGTH_MAX), anchor);
    }

    assertThat(due.all()).extracting(each -> each.parts().size()).containsExactly(6, 4);
  }

  @Test
  @DisplayName("an anchor that leaves no room for a part goes alone, and the part comes later")
  void leavesThePartIfTheAnchorFillsTheTransaction() {
    var anchor = anchor(200);
    due.add(receive(1, Packet.CONTENT_LENGTH_MAX), Optional.of(anchor));

    assertThat(due.count()).isZero();
    assertThat(due.all()).extracting(RelayRound.Due::operation).containsExactly(anchor);
  }
}
