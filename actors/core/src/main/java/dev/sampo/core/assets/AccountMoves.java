package dev.sampo.core.assets;

import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AccountRecord.Moved;
import dev.sampo.core.assets.AccountRecord.Moving;
import dev.sampo.core.assets.PacketContent.AccountMove;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.Packets;
import dev.sampo.core.state.State;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.InvariantViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accounts that move between the ledgers of one application (M1 to M5). An account leaves with its
 * key and all that it holds; until its end is known it is on neither ledger, and then on one.
 */
final class AccountMoves {

  private AccountMoves() {}

  /** M2: the sender's account leaves. */
  static Outcome begin(
      Operation.MoveAccount move, OrderedTransaction transaction, Packets packets, State state) {
    var id = transaction.sender();
    var record = AssetsState.account(state, id).orElseThrow();
    if (!(record instanceof Active(var key, long generation)) || !record.isMovable()) {
      return AssetError.NOT_MOVABLE.failed();
    }
    if (AssetsState.refunds(state, id) > 0) {
      return AssetError.REFUND_PENDING.failed();
    }
    var holdings = AssetsState.holdings(state, id, AccountMove.HOLDINGS_MAX + 1);
    if (holdings.size() > AccountMove.HOLDINGS_MAX) {
      return AssetError.TOO_MANY_HOLDINGS.failed();
    }
    var events = new ArrayList<Event>();
    for (var holding : holdings) {
      var taken = ChannelValue.leave(holding, id, move.channel(), state);
      if (!(taken instanceof Outcome.Ok(var told))) {
        return taken;
      }
      events.addAll(told);
    }
    var content = new AccountMove(id, Math.addExact(generation, 1), key, holdings).encoded();
    var sending = new Packets.Sending(move.channel(), content, move.timeout());
    var sent = packets.send(sending, transaction.block(), state);
    if (!(sent instanceof Outcome.Ok(var ofSending))) {
      return sent;
    }
    var channel = PacketState.channel(state, move.channel()).orElseThrow();
    long sequence = channel.lastSequence();
    AssetsState.putAccount(
        state, id, new Moving(key, generation, channel.peer(), move.channel(), sequence));
    events.addAll(0, ofSending);
    events.addFirst(event("account_moving", id, generation));
    return new Outcome.Ok(events);
  }

  /** M3: the account is installed unless this ledger knows something as new of it. */
  static Outcome receive(AccountMove move, Packet packet, State state) {
    if (AssetsState.shard(state).isEmpty()) {
      return AssetError.NOT_SHARDED.failed();
    }
    var fault = faultOf(AssetsState.account(state, move.account()), move.generation());
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    AssetsState.putAccount(state, move.account(), new Active(move.key(), move.generation()));
    var events = new ArrayList<Event>();
    events.add(event("account_installed", move.account(), move.generation()));
    for (var holding : move.holdings()) {
      var arrived = ChannelValue.arrive(holding, move.account(), packet, state);
      if (!(arrived instanceof Outcome.Ok(var told))) {
        return arrived;
      }
      events.addAll(told);
    }
    return new Outcome.Ok(events);
  }

  private static Optional<AssetError> faultOf(Optional<AccountRecord> known, long generation) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return switch (known.get()) {
      case Active _, Moving _ -> Optional.of(AssetError.ACCOUNT_EXISTS);
      case Moved moved when moved.generation() < generation -> Optional.empty();
      case Moved _ -> Optional.of(AssetError.STALE_MOVE);
    };
  }

  /** M4: the account has arrived; that it was here is remembered for ever. */
  static Outcome settle(AccountMove move, Packet packet, State state) {
    var moving = moving(move.account(), packet, state);
    var moved = new Moved(moving.key(), move.generation(), moving.to());
    AssetsState.putAccount(state, move.account(), moved);
    return Outcome.ok(event("account_moved", move.account(), move.generation()));
  }

  /** M4: the account is here again as if it had never left. */
  static Outcome restore(AccountMove move, Packet packet, State state) {
    var moving = moving(move.account(), packet, state);
    var active = new Active(moving.key(), moving.generation());
    AssetsState.putAccount(state, move.account(), active);
    var events = new ArrayList<>(List.of(event("account_restored", move.account(), active)));
    for (var holding : move.holdings()) {
      var back = ChannelValue.comeBack(holding, move.account(), packet.source().channel(), state);
      if (!(back instanceof Outcome.Ok(var told))) {
        return back;
      }
      events.addAll(told);
    }
    return new Outcome.Ok(events);
  }

  /** As long as a packet with an account has no end, that account waits for it. */
  private static Moving moving(AccountId account, Packet packet, State state) {
    return AssetsState.account(state, account)
        .filter(Moving.class::isInstance)
        .map(Moving.class::cast)
        .filter(
            moving ->
                moving.sequence() == packet.sequence()
                    && moving.channel().equals(packet.source().channel()))
        .orElseThrow(() -> new InvariantViolation(account + " does not wait for its own move"));
  }

  private static Event event(String type, AccountId account, AccountRecord record) {
    return event(type, account, record.generation());
  }

  private static Event event(String type, AccountId account, long generation) {
    return Event.of(type, "account", account.name(), "generation", Long.toString(generation));
  }
}
