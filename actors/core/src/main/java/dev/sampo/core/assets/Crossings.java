package dev.sampo.core.assets;

import dev.sampo.core.assets.PacketContent.Crossing;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.Packets;
import dev.sampo.core.state.State;
import java.util.ArrayList;

/** Amounts that go from an account of one ledger to an account of another. */
final class Crossings {

  private Crossings() {}

  /** Takes from the sender what it sends, and sends it. */
  static Outcome send(
      Operation.SendAcross send, OrderedTransaction transaction, Packets packets, State state) {
    if (send.amount() < 1) {
      return AssetError.INVALID_AMOUNT.failed();
    }
    var sender = transaction.sender();
    var what = new Holding(send.asset(), send.amount());
    var taken = ChannelValue.leave(what, sender, send.channel(), state);
    if (!(taken instanceof Outcome.Ok(var ofTaking))) {
      return taken;
    }
    var content = new Crossing(what, sender, send.to()).encoded();
    var sending = new Packets.Sending(send.channel(), content, send.timeout());
    var sent = packets.send(sending, transaction.block(), state);
    if (!(sent instanceof Outcome.Ok(var ofSending))) {
      return sent;
    }
    AssetsState.addRefunds(state, sender, 1);
    var events = new ArrayList<>(ofSending);
    events.addAll(ofTaking);
    return new Outcome.Ok(events);
  }

  static Outcome receive(Crossing crossing, Packet packet, State state) {
    var to = AssetsState.account(state, crossing.to());
    if (to.isEmpty()) {
      return AssetError.UNKNOWN_ACCOUNT.failed();
    }
    return to.get() instanceof AccountRecord.Active
        ? ChannelValue.arrive(crossing.what(), crossing.to(), packet, state)
        : AssetError.MOVED.failed();
  }

  static Outcome settle(Crossing crossing, State state) {
    AssetsState.addRefunds(state, crossing.from(), -1);
    return Outcome.ok();
  }

  static Outcome refund(Crossing crossing, Packet packet, State state) {
    AssetsState.addRefunds(state, crossing.from(), -1);
    var channel = packet.source().channel();
    return ChannelValue.comeBack(crossing.what(), crossing.from(), channel, state);
  }
}
