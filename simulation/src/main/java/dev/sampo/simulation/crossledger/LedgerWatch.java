package dev.sampo.simulation.crossledger;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.List;
import java.util.Optional;

/** Tells the books of every final block of one ledger once, when its first validator stores it. */
final class LedgerWatch implements Invariant {

  private final int ledger;
  private Height height = Height.ZERO;
  private Optional<Books> books = Optional.empty();

  LedgerWatch(int ledger) {
    this.ledger = ledger;
  }

  /** From now on; before that there are no blocks. */
  void tell(Books to) {
    books = Optional.of(to);
  }

  @Override
  public String id() {
    return "4.1";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Stored(_, var blocks, var state)) {
      books.ifPresent(told -> tell(told, blocks, state));
    }
  }

  private void tell(Books to, List<ExecutedBlock> blocks, StateReader state) {
    boolean isNew = false;
    for (var block : blocks) {
      if (block.block().height().equals(height.next())) {
        height = block.block().height();
        isNew = true;
        tell(to, block);
      }
    }
    if (isNew) {
      to.state(ledger, state);
    }
  }

  private void tell(Books to, ExecutedBlock executed) {
    var header = executed.block().header();
    to.ordered(ledger, header);
    var entries = executed.ordered().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (executed.results().get(i) instanceof TransactionResult.Executed(var receipt)) {
        try {
          to.executed(ledger, header, TransactionBody.decode(entries.get(i).body()), receipt);
        } catch (Malformed malformed) {
          throw new IllegalStateException("an executed transaction is malformed", malformed);
        }
      }
    }
  }
}
