package dev.sampo.core.packet;

import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.transaction.Event;

/** Opens, pauses and resumes channels; none is ever closed, so that no id is used twice (T9). */
final class Channels {

  private Channels() {}

  static Outcome open(Action.OpenChannel open, State state) {
    if (PacketState.client(state, open.peer()).isEmpty()) {
      return PacketError.UNKNOWN_CLIENT.failed();
    }
    if (PacketState.channel(state, open.channel()).isPresent()) {
      return PacketError.CHANNEL_EXISTS.failed();
    }
    PacketState.putChannel(
        state,
        open.channel(),
        new Channel(open.peer(), open.peerChannel(), open.limits(), false, 0));
    return Outcome.ok(
        Event.of(
            "channel_opened",
            "channel",
            open.channel().name(),
            "peer",
            open.peer().hex(),
            "peer_channel",
            open.peerChannel().name()));
  }

  static Outcome setPaused(ChannelId id, boolean paused, State state) {
    var channel = PacketState.channel(state, id);
    if (channel.isEmpty()) {
      return PacketError.UNKNOWN_CHANNEL.failed();
    }
    PacketState.putChannel(state, id, channel.get().withPaused(paused));
    return Outcome.ok(
        Event.of(paused ? "channel_paused" : "channel_resumed", "channel", id.name()));
  }
}
