package dev.sampo.core.packet;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** What the operators of a ledger may decide together. */
public sealed interface Action {

  /**
   * Follows a peer from now on, trusting the validators of its epoch 0.
   *
   * @param trustingPeriod in milliseconds, 1 to {@link PeerClient#TRUSTING_PERIOD_MAX}
   */
  record ConnectClient(LedgerId peer, ValidatorSet validators, long trustingPeriod)
      implements Action {

    public ConnectClient {
      PeerClient.requireTrustingPeriod(trustingPeriod);
    }
  }

  /** Opens this end of a channel to a peer that is followed. */
  record OpenChannel(ChannelId channel, LedgerId peer, ChannelId peerChannel, ChannelLimits limits)
      implements Action {}

  /** Stops sending and receiving on a channel; no acknowledgement and no timeout (T7). */
  record PauseChannel(ChannelId channel) implements Action {}

  /** Lets a paused channel send and receive again. */
  record ResumeChannel(ChannelId channel) implements Action {}

  /**
   * Says what the history of a frozen or expired peer is, and follows it again (T8). Anchors before
   * it are dropped; commitments, receipts and acknowledgements are kept.
   */
  record ResolveClient(LedgerId peer, Anchor anchor) implements Action {}

  default void writeTo(WireWriter out) {
    switch (this) {
      case ConnectClient(var peer, var validators, long trustingPeriod) -> {
        out.u8(1).fixed(peer.value());
        PeerClient.writeValidators(validators, out);
        out.u64(trustingPeriod);
      }
      case OpenChannel(var channel, var peer, var peerChannel, var limits) -> {
        out.u8(2).text(channel.name()).fixed(peer.value()).text(peerChannel.name());
        limits.writeTo(out);
      }
      case PauseChannel(var channel) -> out.u8(3).text(channel.name());
      case ResumeChannel(var channel) -> out.u8(4).text(channel.name());
      case ResolveClient(var peer, var anchor) -> {
        out.u8(5).fixed(peer.value());
        anchor.writeTo(out);
      }
    }
  }

  static Action readFrom(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 1 -> new ConnectClient(readPeer(in), PeerClient.readValidators(in), in.u64());
      case 2 ->
          new OpenChannel(
              ChannelId.readFrom(in),
              readPeer(in),
              ChannelId.readFrom(in),
              ChannelLimits.readFrom(in));
      case 3 -> new PauseChannel(ChannelId.readFrom(in));
      case 4 -> new ResumeChannel(ChannelId.readFrom(in));
      case 5 -> new ResolveClient(readPeer(in), Anchor.readFrom(in));
      default -> throw new Malformed("unknown action");
    };
  }

  private static LedgerId readPeer(WireReader in) throws Malformed {
    return new LedgerId(in.fixed(LedgerId.LENGTH));
  }
}
