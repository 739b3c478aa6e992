package dev.sampo.example.escrow;

import dev.sampo.core.execution.Application;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Holds a buyer's money until the buyer releases it or the seller refunds it, and not twice. */
public final class EscrowApplication implements Application {

  static final long START_BALANCE = 100;
  private static final int ACCOUNTS_MAX = 1_000;

  /** A deal that is still open. */
  private record Deal(AccountId buyer, AccountId seller, long amount) {}

  /** The genesis state: who has {@value #START_BALANCE} at the start. */
  static Bytes startOf(List<AccountId> accounts) {
    return WireWriter.encode(
        out -> out.list(accounts, (account, each) -> each.text(account.name())));
  }

  @Override
  public String name() {
    return "escrow";
  }

  @Override
  public void initLedger(Bytes genesisState, State state) {
    try {
      var accounts =
          WireReader.decode(
              genesisState, in -> in.list(ACCOUNTS_MAX, each -> each.text(AccountId.LENGTH_MAX)));
      accounts.forEach(account -> add(state, new AccountId(account), START_BALANCE));
    } catch (Malformed malformed) {
      throw new IllegalArgumentException("the genesis state is malformed", malformed);
    }
  }

  @Override
  public Outcome apply(OrderedTransaction transaction, State state) {
    EscrowOperation operation;
    try {
      operation = EscrowOperation.decode(transaction.payload());
    } catch (Malformed malformed) {
      return Outcome.failed("MALFORMED_PAYLOAD");
    }
    var sender = transaction.sender();
    return switch (operation) {
      case EscrowOperation.Open open -> open(open, sender, state);
      case EscrowOperation.Release release -> release(release, sender, state);
      case EscrowOperation.Refund refund -> refund(refund, sender, state);
    };
  }

  private static Outcome open(EscrowOperation.Open open, AccountId buyer, State state) {
    if (deal(state, open.id()).isPresent()) {
      return Outcome.failed("DEAL_EXISTS");
    }
    if (open.amount() < 1 || balance(state, buyer) < open.amount()) {
      return Outcome.failed("INSUFFICIENT_BALANCE");
    }
    add(state, buyer, -open.amount());
    state.put(
        dealKey(open.id()),
        WireWriter.encode(
            out -> out.text(buyer.name()).text(open.seller().name()).u64(open.amount())));
    return Outcome.ok(Event.of("deal_opened", "id", open.id()));
  }

  private static Outcome release(EscrowOperation.Release release, AccountId sender, State state) {
    var deal = deal(state, release.id());
    if (deal.isEmpty()) {
      return Outcome.failed("NO_SUCH_DEAL");
    }
    return deal.get().buyer().equals(sender)
        ? settle(release.id(), deal.get().seller(), deal.get().amount(), state)
        : Outcome.failed("NOT_THE_BUYER");
  }

  private static Outcome refund(EscrowOperation.Refund refund, AccountId sender, State state) {
    var deal = deal(state, refund.id());
    if (deal.isEmpty()) {
      return Outcome.failed("NO_SUCH_DEAL");
    }
    return deal.get().seller().equals(sender)
        ? settle(refund.id(), deal.get().buyer(), deal.get().amount(), state)
        : Outcome.failed("NOT_THE_SELLER");
  }

  private static Outcome settle(String id, AccountId receiver, long amount, State state) {
    state.delete(dealKey(id));
    add(state, receiver, amount);
    return Outcome.ok(Event.of("deal_settled", "id", id));
  }

  @Override
  public Optional<Bytes> query(String path, StateReader state) {
    return state.get(key(path));
  }

  /** What the value of a {@code balance/ACCOUNT} query stands for; no value is 0. */
  static long amountOf(Optional<Bytes> value) {
    return value.map(bytes -> stored(bytes, WireReader::u64)).orElse(0L);
  }

  static long balance(StateReader state, AccountId account) {
    return amountOf(state.get(balanceKey(account)));
  }

  private static void add(State state, AccountId account, long amount) {
    long sum = Math.addExact(balance(state, account), amount);
    state.put(balanceKey(account), WireWriter.encode(out -> out.u64(sum)));
  }

  private static Optional<Deal> deal(StateReader state, String id) {
    return state.get(dealKey(id)).map(bytes -> stored(bytes, EscrowApplication::readDeal));
  }

  private static Deal readDeal(WireReader in) throws Malformed {
    return new Deal(
        new AccountId(in.text(AccountId.LENGTH_MAX)),
        new AccountId(in.text(AccountId.LENGTH_MAX)),
        in.u64());
  }

  private static <T> T stored(Bytes bytes, WireReader.Decoder<T> decoder) {
    try {
      return WireReader.decode(bytes, decoder);
    } catch (Malformed damaged) {
      throw new IllegalStateException("the state holds what was never written", damaged);
    }
  }

  private static Bytes balanceKey(AccountId account) {
    return key("balance/" + account);
  }

  private static Bytes dealKey(String id) {
    return key("deal/" + id);
  }

  private static Bytes key(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }
}
