package dev.sampo.core.execution;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.execution.EntryRules.Verdict;
import dev.sampo.core.state.StateDelta;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.InvariantViolation;
import java.util.ArrayList;
import java.util.List;

/** The execution of the transactions of one block, in order (7.13). */
final class BlockExecution {

  private static final StateDelta NOTHING = new StateDelta(List.of());

  private final Application application;
  private final EntryRules rules;
  private final DedupeSet dedupe;
  private final BlockContext context;
  private final StateOverlay state;
  private final List<ApplicationFault> faults = new ArrayList<>();

  BlockExecution(
      Application application,
      EntryRules rules,
      DedupeSet dedupe,
      BlockContext context,
      StateReader before) {
    this.application = application;
    this.rules = rules;
    this.dedupe = dedupe;
    this.context = context;
    this.state = StateOverlay.unbounded(before);
  }

  List<TransactionResult> run(List<SignedTransaction> entries) {
    var results = new ArrayList<TransactionResult>(entries.size());
    for (var entry : entries) {
      results.add(result(entry, results.size()));
    }
    application.finalizeBlock(context, state);
    return results;
  }

  /** The state after the block. */
  StateOverlay state() {
    return state;
  }

  List<ApplicationFault> faults() {
    return faults;
  }

  private TransactionResult result(SignedTransaction entry, int index) {
    return switch (rules.judge(entry, context.time(), state, dedupe)) {
      case Verdict.Execute(var body) -> execute(entry, body, index);
      case Verdict.Fail(var body, var code) -> executed(entry, body, index, failed(code.name()));
      case Verdict.Void(var code) -> new TransactionResult.Void(code, entry.contentHash());
      case Verdict.Duplicate(var first, var code) ->
          new TransactionResult.Duplicate(code, first.height(), first.index());
    };
  }

  private record Effect(String code, List<Event> events, StateDelta delta) {}

  private static Effect failed(String code) {
    return new Effect(code, List.of(), NOTHING);
  }

  private TransactionResult execute(SignedTransaction entry, TransactionBody body, int index) {
    var scratch = StateOverlay.ofTransaction(state);
    var transaction = new OrderedTransaction(entry.id(), body, entry.publicKey(), context, index);
    var effect =
        switch (outcome(transaction, scratch)) {
          case Outcome.Failed(var code) -> failed(code);
          case Outcome.Ok(var events) -> {
            var delta = deltaOf(scratch);
            scratch.applyTo(state);
            yield new Effect(Receipt.OK, events, delta);
          }
        };
    return executed(entry, body, index, effect);
  }

  private TransactionResult executed(
      SignedTransaction entry, TransactionBody body, int index, Effect effect) {
    var receipt =
        new Receipt(
            entry.id(), context.height(), index, effect.code, effect.events, effect.delta.hash());
    dedupe.add(
        body.dedupeKey(),
        new LiveTransaction(entry.id(), context.height(), index, receipt.ok(), body.validUntil()));
    return new TransactionResult.Executed(receipt);
  }

  private Outcome outcome(OrderedTransaction transaction, StateOverlay scratch) {
    try {
      return application.apply(transaction, scratch);
    } catch (InvariantViolation damaged) {
      throw damaged;
    } catch (RuntimeException fault) {
      // Every node sees the same fault; stopping all of them would let one transaction end the
      // ledger. Failures of this node alone are Errors (StateUnavailable) and do stop it.
      faults.add(new ApplicationFault(transaction.index(), fault));
      return Outcome.failed(RejectionCode.APPLICATION_FAILED.name());
    }
  }

  private StateDelta deltaOf(StateOverlay scratch) {
    var changes = new ArrayList<StateDelta.Change>();
    scratch
        .writes()
        .forEach(
            (key, value) -> {
              if (!state.get(key).equals(value)) {
                changes.add(
                    new StateDelta.Change(StateKey.application(key), value.map(Sha256::hash)));
              }
            });
    return new StateDelta(changes);
  }
}
