package dev.sampo.core.packet;

import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.WireWriter;
import java.util.Comparator;
import java.util.List;

/**
 * Carries out a proposal once enough operators have approved it, and never again. Each operator has
 * a bounded number of approvals pending; one more takes the place of its own oldest, so that no
 * operator can keep the others from deciding.
 */
final class Governance {

  /** Pending approvals of one operator. */
  static final int APPROVALS_MAX = 16;

  private static final Bytes DONE = Bytes.fromHex("01");

  private final Clients clients;

  Governance(Clients clients) {
    this.clients = clients;
  }

  static void start(Operators operators, State state) {
    if (!operators.equals(Operators.NONE)) {
      state.put(PacketKeys.OPERATORS, WireWriter.encode(operators::writeTo));
    }
  }

  Outcome approve(Proposal proposal, OrderedTransaction transaction, State state) {
    var operators =
        PacketState.get(state, PacketKeys.OPERATORS, Operators::readFrom).orElse(Operators.NONE);
    var sender = transaction.sender();
    if (!operators.accounts().contains(sender)) {
      return PacketError.NOT_OPERATOR.failed();
    }
    var hash = proposal.hash();
    var own = PacketKeys.approval(hash, sender.name());
    if (state.get(PacketKeys.done(hash)).isPresent() || state.get(own).isPresent()) {
      return Outcome.ok(Event.of("approved_already", "proposal", hash.hex()));
    }
    var others = approvals(state, PacketKeys.approvals(hash));
    if (others.size() + 1 < operators.threshold()) {
      dropOldest(sender, state);
      state.put(own, placeOf(transaction));
      return Outcome.ok(Event.of("approved", "proposal", hash.hex(), "by", sender.name()));
    }
    others.forEach(approval -> state.delete(approval.key()));
    state.put(PacketKeys.done(hash), DONE);
    return carryOut(proposal.action(), transaction.block(), state);
  }

  /** A failure undoes the approvals too: the last one may be repeated when it can succeed. */
  private Outcome carryOut(Action action, BlockContext block, State state) {
    return switch (action) {
      case Action.ConnectClient connect -> clients.connect(connect, block, state);
      case Action.OpenChannel open -> Channels.open(open, state);
      case Action.PauseChannel(var channel) -> Channels.setPaused(channel, true, state);
      case Action.ResumeChannel(var channel) -> Channels.setPaused(channel, false, state);
      case Action.ResolveClient resolve -> clients.resolve(resolve, block, state);
    };
  }

  private static void dropOldest(AccountId operator, State state) {
    var end = Bytes.ofAscii("/" + operator);
    var pending =
        approvals(state, PacketKeys.approvals()).stream()
            .filter(approval -> endsWith(approval.key(), end))
            .sorted(Comparator.comparing(Entry::value))
            .toList();
    if (pending.size() >= APPROVALS_MAX) {
      state.delete(pending.getFirst().key());
    }
  }

  private static boolean endsWith(Bytes key, Bytes end) {
    int start = key.length() - end.length();
    return start >= 0 && key.slice(start, key.length()).equals(end);
  }

  /** All of them: {@link Operators#COUNT_MAX} operators have {@link #APPROVALS_MAX} each. */
  private static List<Entry> approvals(StateReader state, PacketKeys.Range keys) {
    return state.range(keys.from(), keys.to(), Operators.COUNT_MAX * APPROVALS_MAX);
  }

  /** Ascends as transactions do in the ledger. */
  private static Bytes placeOf(OrderedTransaction transaction) {
    return WireWriter.encode(
        out -> out.u64(transaction.block().height().number()).u32(transaction.index()));
  }
}
