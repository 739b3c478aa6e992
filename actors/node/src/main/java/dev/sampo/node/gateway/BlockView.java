package dev.sampo.node.gateway;

import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.types.Hash;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;
import java.util.Optional;

/**
 * A final block as this node executed it.
 *
 * @param results one for each entry of the block, in order
 * @param finality absent only for the block of height 0, which needs none
 * @param stateRoot the root of the state after the block, as this node computed it
 * @param certified whether the validators have certified that root or a later one
 */
public record BlockView(
    OrderedBlock ordered,
    List<TransactionResult> results,
    Optional<FinalityProof> finality,
    Hash stateRoot,
    boolean certified) {

  public BlockView {
    results = List.copyOf(results);
  }
}
