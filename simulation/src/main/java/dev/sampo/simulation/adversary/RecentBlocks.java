package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The last few blocks that a liar has seen proposed, its own among them. */
final class RecentBlocks {

  private static final int REMEMBERED = 16;

  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();

  void add(Block block) {
    blocks.putIfAbsent(block.hash(), block);
    if (blocks.size() > REMEMBERED) {
      blocks.pollFirstEntry();
    }
  }

  Optional<Block> find(Hash hash) {
    return Optional.ofNullable(blocks.get(hash));
  }

  /** Oldest first. */
  List<Block> all() {
    return new ArrayList<>(blocks.values());
  }
}
