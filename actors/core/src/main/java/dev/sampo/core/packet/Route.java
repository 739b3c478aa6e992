package dev.sampo.core.packet;

import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Event;
import java.util.Optional;
import java.util.stream.Stream;

/** The two ends of a packet, as the ledger sees them that looks at it. */
record Route(Packet.End here, Packet.End there) {

  /** T9: whether the packet is of this ledger, this application and a channel bound to both. */
  Optional<PacketError> faultOf(
      Packet packet, PacketHandler handler, BlockContext block, StateReader state) {
    boolean isOurs =
        here.ledger().equals(block.ledger())
            && packet.version() == Packet.VERSION
            && packet.application().equals(handler.application());
    if (!isOurs) {
      return Optional.of(PacketError.MISROUTED_PACKET);
    }
    var channel = PacketState.channel(state, here.channel());
    if (channel.isEmpty()) {
      return Optional.of(PacketError.UNKNOWN_CHANNEL);
    }
    return channel.get().isBoundTo(there)
        ? Optional.empty()
        : Optional.of(PacketError.MISROUTED_PACKET);
  }

  /** An event by which a packet can be followed at one of its ends. */
  static Event event(String type, Packet.End here, Packet packet, String... more) {
    var packetIs =
        Stream.of(
            "channel",
            here.channel().name(),
            "sequence",
            Long.toString(packet.sequence()),
            "source",
            packet.source().ledger().hex(),
            "destination",
            packet.destination().ledger().hex());
    return Event.of(type, Stream.concat(packetIs, Stream.of(more)).toArray(String[]::new));
  }
}
