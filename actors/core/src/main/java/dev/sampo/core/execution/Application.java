package dev.sampo.core.execution;

import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.util.Optional;

/**
 * A ledger's business logic, in the shape of ABCI 2.0: what each ordered transaction does to the
 * state. A name and {@link #apply} are enough:
 *
 * <pre>{@code
 * final class Notary implements Application {
 *   public String name() { return "notary"; }
 *
 *   public Outcome apply(OrderedTransaction transaction, State state) {
 *     if (state.get(transaction.payload()).isPresent()) return Outcome.failed("ALREADY_NOTED");
 *     state.put(transaction.payload(), transaction.id().hash().value());
 *     return Outcome.ok(Event.of("noted"));
 *   }
 * }
 * }</pre>
 *
 * <p>Every validator calls the same methods in the same order and must get the same bytes. So an
 * application depends on its arguments alone: no clock but {@link BlockContext#time}, no
 * randomness, no I/O, no threads, no default locale or time zone, no floating point, no iteration
 * in hash order, and no memory between calls: all that it knows is in the {@link State}. A
 * validator whose outcome differs from that of the quorum stops and says which key differs.
 *
 * <p>The ledger has already seen to signatures, expiry, duplicates and required transactions; the
 * application need not. It sees each transaction at most once.
 */
public interface Application {

  /** What transactions name it by, at most 32 bytes; never changes. */
  String name();

  /**
   * Carries out a transaction. If the outcome is a failure, or if this throws a {@code
   * RuntimeException} (APPLICATION_FAILED), what it wrote is undone. It must return for every
   * payload, in bounded time.
   */
  Outcome apply(OrderedTransaction transaction, State state);

  /**
   * Writes the state that the ledger starts from.
   *
   * @param genesisState from the genesis document; throw {@link IllegalArgumentException} if it
   *     makes no sense, and the ledger does not start
   */
  default void initLedger(Bytes genesisState, State state) {}

  /**
   * Whether {@code key} may sign for {@code sender} now. Unless overridden a sender is named by the
   * 64 hexadecimal digits of its key.
   */
  default boolean authorises(AccountId sender, PublicKey key, StateReader state) {
    return sender.name().equals(key.hex());
  }

  /**
   * Says what would become of a transaction if it were executed now; advice for its sender before
   * it is ordered, never a promise. Unless overridden it is tried on a copy of the state.
   *
   * @param scratch may be written; nothing of it is kept
   */
  default Outcome checkTransaction(OrderedTransaction transaction, State scratch) {
    return apply(transaction, scratch);
  }

  /** Called after the last transaction of each block; an exception stops the ledger. */
  default void finalizeBlock(BlockContext block, State state) {}

  /** Answers a read, such as {@code account/alice}; nothing if there is no such thing. */
  default Optional<Bytes> query(String path, StateReader state) {
    return Optional.empty();
  }
}
