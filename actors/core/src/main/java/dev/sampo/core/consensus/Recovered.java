package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;
import java.util.Optional;

/**
 * What a validator finds on its disk when it starts.
 *
 * @param promises in the order in which they were made; those at or below the last final view may
 *     be among them
 * @param lastFinal the newest block that is stored as final: the genesis block at first
 * @param finality its proof; empty for genesis
 * @param ordered what was ordered up to that block and to those below it (EX7)
 */
public record Recovered(
    List<Promise> promises,
    Block lastFinal,
    Optional<FinalityProof> finality,
    OrderedBatches ordered) {

  public Recovered {
    promises = List.copyOf(promises);
    ordered = ordered.copy();
  }

  /** Where nothing is known of the blocks below the last one, as where no batch was ordered. */
  public Recovered(List<Promise> promises, Block lastFinal, Optional<FinalityProof> finality) {
    this(promises, lastFinal, finality, OrderedBatches.from(lastFinal));
  }

  public View finalView() {
    return lastFinal.view();
  }

  public Hash finalHash() {
    return lastFinal.hash();
  }
}
