package dev.sampo.node.execution;

import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;

/** Final blocks to apply, of which the last has the proof: they are stored together (D6). */
record BlockApplication(List<OrderedBlock> blocks, FinalityProof proof) {

  BlockApplication {
    blocks = List.copyOf(blocks);
  }
}
