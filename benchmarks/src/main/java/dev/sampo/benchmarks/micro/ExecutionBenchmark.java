package dev.sampo.benchmarks.micro;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.FinalityProof;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Executing a block of 200 transfers (protocol 2.11), without the signatures, which a validator has
 * checked before, and without its commit, which goes to a store in memory.
 */
@State(Scope.Benchmark)
public class ExecutionBenchmark {

  private final SampleLedger ledger = SampleLedger.create();
  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final LedgerExecutor executor =
      LedgerExecutor.open(ledger.genesis(), new Assets(), _ -> true, store);
  private Block block = ledger.genesis().block();
  private FinalityProof proof = ledger.finality(block);
  private Optional<ExecutedBlock> last = Optional.empty();

  /** A ledger that has its genesis. */
  public ExecutionBenchmark() {
    executor.initialWrites().ifPresent(store::commit);
    executor.committed(Height.ZERO);
  }

  /** The next block. */
  @Setup(Level.Invocation)
  public void order() {
    block = ledger.child(block, ledger.unsignedTransfers(block));
    proof = ledger.finality(block);
  }

  @Benchmark
  public ExecutedBlock executeTwoHundredTransfers() {
    var executed = executor.execute(OrderedBlock.inline(block), proof);
    last = Optional.of(executed);
    return executed;
  }

  /** Transfers that fail would cost less. */
  @TearDown(Level.Invocation)
  public void commit() {
    var executed = last.orElseThrow();
    for (var result : executed.results()) {
      if (!(result instanceof TransactionResult.Executed(var receipt) && receipt.ok())) {
        throw new IllegalStateException("a transfer failed: " + result);
      }
    }
    store.commit(executed.writes());
    executor.committed(block.height());
  }
}
