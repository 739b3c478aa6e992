package dev.sampo.node.ledger;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.Channel;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.gateway.PacketQuery;
import dev.sampo.node.gateway.PacketView;
import java.util.Optional;

/** Reads how packets stand for the gateway. */
final class PacketReads {

  private PacketReads() {}

  /** Nothing if there is no such channel. */
  static Optional<PacketView> read(LedgerReader ledger, PacketQuery query) {
    // The height first: what is read after it is of that block or a later one.
    var last = ledger.lastHeader();
    var height = last.map(BlockHeader::height).orElse(Height.ZERO);
    var time = last.map(BlockHeader::time).orElse(LedgerTime.ofMillis(0));
    return PacketState.channel(ledger.state(), query.channel())
        .map(
            channel ->
                new PacketView(
                    channel,
                    standing(ledger, channel, query),
                    PacketState.acknowledgement(ledger.state(), query.channel(), query.sequence()),
                    height,
                    time));
  }

  private static PacketView.Standing standing(
      LedgerReader ledger, Channel channel, PacketQuery query) {
    if (query.sequence() > channel.lastSequence()) {
      return PacketView.Standing.NOT_SENT;
    }
    return PacketState.pending(ledger.state(), query.channel(), query.sequence()).isPresent()
        ? PacketView.Standing.PENDING
        : PacketView.Standing.SETTLED;
  }
}
