package dev.sampo.core.execution;

import dev.sampo.core.execution.EntryRules.Verdict;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/**
 * Says what would fail if a transaction were executed now: advice for its sender before it is
 * ordered. Signatures are not looked at. As thread-safe as the tables and the application.
 */
public final class TransactionCheck {

  private final Application application;
  private final EntryRules rules;
  private final TableReader tables;
  private final StateMemory memory;

  public TransactionCheck(
      Genesis genesis, Application application, TableReader tables, StateMemory memory) {
    this.application = application;
    this.rules = new EntryRules(genesis, application, _ -> true);
    this.tables = tables;
    this.memory = memory;
  }

  /**
   * The code of the first fault, of the ledger or of the application.
   *
   * @param now ledger time as it may be in the next block
   */
  public Optional<String> firstFault(SignedTransaction transaction, LedgerTime now) {
    var reader = new LedgerReader(tables);
    var height = reader.lastExecuted();
    var scratch = StateOverlay.ofTransaction(memory.after(height, reader.state()));
    return switch (rules.judge(transaction, now, scratch, remembered(tables, now))) {
      case Verdict.Void(var code) -> Optional.of(code.name());
      case Verdict.Duplicate(_, var code) -> Optional.of(code.name());
      case Verdict.Fail(_, var code) -> Optional.of(code.name());
      case Verdict.Execute(var body) -> {
        var context = new BlockContext(body.ledger(), height.next(), now);
        yield faultOf(
            new OrderedTransaction(transaction.id(), body, transaction.publicKey(), context, 0),
            scratch);
      }
    };
  }

  private Optional<String> faultOf(OrderedTransaction transaction, StateOverlay scratch) {
    try {
      return switch (application.checkTransaction(transaction, scratch)) {
        case Outcome.Ok _ -> Optional.empty();
        case Outcome.Failed(var code) -> Optional.of(code);
      };
    } catch (RuntimeException fault) {
      // What execution would make of it.
      return Optional.of(RejectionCode.APPLICATION_FAILED.name());
    }
  }

  private static EntryRules.Remembered remembered(EntryReader tables, LedgerTime now) {
    var live = LiveTransactions.of(tables);
    return new EntryRules.Remembered() {
      @Override
      public Optional<LiveTransaction> find(Hash dedupeKey) {
        return live.find(dedupeKey, now);
      }

      @Override
      public long size() {
        // Whether the set is full is the ledger's to say: it may be emptier by then.
        return 0;
      }
    };
  }
}
