package dev.sampo.core.packet;

import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/** What the state holds about packets, under {@link PacketKeys}. */
public final class PacketState {

  private PacketState() {}

  public static Optional<PeerClient> client(StateReader state, LedgerId peer) {
    return get(state, PacketKeys.client(peer), PeerClient::readFrom);
  }

  static void putClient(State state, LedgerId peer, PeerClient client) {
    state.put(PacketKeys.client(peer), WireWriter.encode(client::writeTo));
  }

  public static Optional<Anchor> anchor(StateReader state, LedgerId peer, Height height) {
    return get(state, PacketKeys.anchor(peer, height), Anchor::readFrom);
  }

  static void putAnchor(State state, LedgerId peer, Anchor anchor) {
    state.put(PacketKeys.anchor(peer, anchor.height()), WireWriter.encode(anchor::writeTo));
  }

  /** The anchors of a peer, the lowest first; at most {@link Clients#ANCHORS_MAX}. */
  static List<Anchor> anchors(StateReader state, LedgerId peer) {
    return anchors(state, peer, Clients.ANCHORS_MAX);
  }

  /** Of a peer that has some. */
  static Anchor lowestAnchor(StateReader state, LedgerId peer) {
    return anchors(state, peer, 1).getFirst();
  }

  private static List<Anchor> anchors(StateReader state, LedgerId peer, int limit) {
    var keys = PacketKeys.anchors(peer);
    return state.range(keys.from(), keys.to(), limit).stream()
        .map(entry -> read(entry.value(), Anchor::readFrom))
        .toList();
  }

  public static Optional<Channel> channel(StateReader state, ChannelId channel) {
    return get(state, PacketKeys.channel(channel), Channel::readFrom);
  }

  /** A channel and what it is called here. */
  public record NamedChannel(ChannelId id, Channel channel) {}

  /** The first {@code limit} channels in the order of their names. */
  public static List<NamedChannel> channels(StateReader state, int limit) {
    var keys = PacketKeys.channels();
    return state.range(keys.from(), keys.to(), limit).stream()
        .map(
            entry ->
                new NamedChannel(
                    PacketKeys.channelOf(entry.key()), read(entry.value(), Channel::readFrom)))
        .toList();
  }

  static void putChannel(State state, ChannelId id, Channel channel) {
    state.put(PacketKeys.channel(id), WireWriter.encode(channel::writeTo));
  }

  /** The packet with this number, if it was sent here and its end is not yet known. */
  public static Optional<Packet> pending(StateReader state, ChannelId channel, long sequence) {
    return get(state, PacketKeys.commitment(channel, sequence), Packet::readFrom);
  }

  /** The first {@code limit} of those that are {@link #pending} from {@code sequence} on. */
  public static List<Packet> pendingFrom(
      StateReader state, ChannelId channel, long sequence, int limit) {
    var from = PacketKeys.commitment(channel, sequence);
    return state.range(from, PacketKeys.commitmentsEnd(channel), limit).stream()
        .map(entry -> read(entry.value(), Packet::readFrom))
        .toList();
  }

  /** What became of the packet with this number, if it was received here. */
  public static Optional<Acknowledgement> acknowledgement(
      StateReader state, ChannelId channel, long sequence) {
    return get(state, PacketKeys.acknowledgement(channel, sequence), Acknowledgement::readFrom);
  }

  static <T> Optional<T> get(StateReader state, Bytes key, WireReader.Decoder<T> decoder) {
    return state.get(key).map(value -> read(value, decoder));
  }

  static <T> T read(Bytes value, WireReader.Decoder<T> decoder) {
    try {
      return WireReader.decode(value, decoder);
    } catch (Malformed damaged) {
      throw new InvariantViolation("an entry about packets is damaged", damaged);
    }
  }
}
