package dev.sampo.core.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.state.StateDelta;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.List;

/**
 * A final block after its execution.
 *
 * @param results by the place of the entry in the block
 * @param statement the roots
 * @param attestationDue whether validators attest this height (2.11)
 * @param writes all that the block changes in the store, together
 */
public record ExecutedBlock(
    OrderedBlock ordered,
    List<TransactionResult> results,
    StateAttest statement,
    boolean attestationDue,
    StateDelta delta,
    List<ApplicationFault> faults,
    WriteSet writes) {

  public ExecutedBlock {
    results = List.copyOf(results);
    faults = List.copyOf(faults);
  }

  public Block block() {
    return ordered.block();
  }
}
