package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.types.InvariantViolation;

/**
 * EX7: from half of a limit of the backlog on, this validator takes in nothing from clients and
 * makes no batches, until at most a quarter is left. It goes by the newest final block.
 */
final class BacklogGate {

  private final BacklogLimits limits;
  private final OrderedBatches ordered;
  private boolean open = true;

  /** {@code last} is the newest final block, up to which {@code ordered} reaches. */
  BacklogGate(BacklogLimits limits, OrderedBatches ordered, Block last) {
    this.limits = limits;
    this.ordered = ordered;
    settle(last);
  }

  boolean isOpen() {
    return open;
  }

  void finalAt(Block block) {
    ordered.add(block);
    settle(block);
  }

  private void settle(Block newest) {
    var state = newest.header().content().stateHeight();
    long blocks = newest.height().number() - state.number();
    long before =
        ordered
            .upTo(state)
            .orElseThrow(() -> new InvariantViolation("unknown what was ordered up to " + state));
    long batches = newest.cut().batches() - before;
    open = open ? !limits.areHalfReached(blocks, batches) : limits.haveEased(blocks, batches);
  }
}
