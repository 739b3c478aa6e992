package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the final blocks above the delivered one, lowest first.
 *
 * @param blocks those that are held
 * @param missing those that are known by their hash only
 * @param lowestKnown the height of the lowest one whose header is known
 * @param forked whether they lead past the delivered block: safety is broken
 */
record FinalPath(
    List<Block> blocks, List<Hash> missing, Optional<Height> lowestKnown, boolean forked) {

  FinalPath {
    blocks = List.copyOf(blocks);
    missing = List.copyOf(missing);
  }

  boolean isComplete() {
    return missing.isEmpty() && !forked;
  }
}
