package dev.sampo.core.lane;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.LaneWalk.Finder;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block with everything that it orders.
 *
 * @param entries in the order of execution (L5)
 */
public record OrderedBlock(Block block, List<SignedTransaction> entries) {

  public OrderedBlock {
    entries = List.copyOf(entries);
  }

  /** A block whose cut is its parent's: it orders its inline transactions only. */
  public static OrderedBlock inline(Block block) {
    return new OrderedBlock(block, block.inline());
  }

  /** Nothing if a batch is not found. */
  public static Optional<OrderedBlock> of(Block block, Cut parent, Finder finder) {
    if (block.cut().equals(parent)) {
      return Optional.of(inline(block));
    }
    var segments = new ArrayList<List<Batch>>();
    for (int lane = 0; lane < parent.tips().size(); lane++) {
      var above = parent.tips().get(lane).height();
      var walk =
          LaneWalk.down(ValidatorIndex.of(lane), block.cut().tips().get(lane), above, finder);
      if (!walk.isComplete()) {
        return Optional.empty();
      }
      segments.add(walk.batches());
    }
    return Optional.of(new OrderedBlock(block, order(block, segments)));
  }

  /** L5: the lanes in turn, from one on that the view names, then the inline transactions. */
  private static List<SignedTransaction> order(Block block, List<List<Batch>> segments) {
    var entries = new ArrayList<SignedTransaction>();
    int lanes = segments.size();
    int rounds = segments.stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < lanes; turn++) {
        var segment = segments.get((int) ((block.view().number() + turn) % lanes));
        if (round < segment.size()) {
          entries.addAll(segment.get(round).transactions());
        }
      }
    }
    entries.addAll(block.inline());
    return entries;
  }
}
