package dev.sampo.core.packet;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/**
 * One end of a channel: the application here, bound to one channel of one peer.
 *
 * @param peer the other ledger, which a light client here follows
 * @param peerChannel the other end's name there
 * @param paused nothing is sent or received; what is under way ends as ever (T7)
 * @param lastSequence of the packet that was sent last; 0 if none was
 */
public record Channel(
    LedgerId peer, ChannelId peerChannel, ChannelLimits limits, boolean paused, long lastSequence) {

  Channel withPaused(boolean isPaused) {
    return new Channel(peer, peerChannel, limits, isPaused, lastSequence);
  }

  Channel withOneMoreSent() {
    return new Channel(peer, peerChannel, limits, paused, Math.addExact(lastSequence, 1));
  }

  /** T7: the circuit breaker. */
  Optional<PacketError> faultOfPause() {
    return paused ? Optional.of(PacketError.CHANNEL_PAUSED) : Optional.empty();
  }

  /** Whether the other end of this channel is {@code end}. */
  public boolean isBoundTo(Packet.End end) {
    return peer.equals(end.ledger()) && peerChannel.equals(end.channel());
  }

  void writeTo(WireWriter out) {
    out.fixed(peer.value()).text(peerChannel.name());
    limits.writeTo(out);
    out.bool(paused).u64(lastSequence);
  }

  static Channel readFrom(WireReader in) throws Malformed {
    return new Channel(
        new LedgerId(in.fixed(LedgerId.LENGTH)),
        ChannelId.readFrom(in),
        ChannelLimits.readFrom(in),
        in.bool(),
        in.u64());
  }
}
