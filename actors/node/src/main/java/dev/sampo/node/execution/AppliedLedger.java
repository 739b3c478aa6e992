package dev.sampo.node.execution;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.WriteSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes blocks and stores what follows from them. Calls block on the disk: only storage workers
 * make them, one at a time.
 */
public final class AppliedLedger {

  private final LedgerExecutor executor;
  private final LedgerStore store;

  public AppliedLedger(LedgerExecutor executor, LedgerStore store) {
    this.executor = executor;
    this.store = store;
  }

  /** Executes the blocks in order and stores them all with one synced write. */
  synchronized List<ExecutedBlock> apply(List<BlockApplication> applications) {
    var flight = BlocksApplied.start();
    var executed = new ArrayList<ExecutedBlock>();
    for (var next : applications) {
      next.blocks().forEach(block -> executed.add(executor.execute(block, next.proof())));
    }
    store.commit(WriteSet.of(executed.stream().map(ExecutedBlock::writes).toList()));
    executor.committed(executed.getLast().block().height());
    flight.stop(executed);
    return List.copyOf(executed);
  }

  /** Writes what is visible at once and on disk with the next synced write. */
  void defer(WriteSet writes) {
    store.defer(writes);
  }
}
