package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.Optional;

/**
 * EX7: how far the order is ahead of the certified state that a block refers to. What was ordered
 * up to that state is what the block's own ancestors say; nothing here executes.
 */
final class Backlog {

  /** What EX7 says of the batches that a block orders. */
  sealed interface Finding {

    record Within() implements Finding {}

    record Beyond() implements Finding {}

    /** What was ordered up to the state is not known here; {@code missing} would lead there. */
    record Unknown(Optional<Hash> missing) implements Finding {}
  }

  /**
   * What was ordered up to a state.
   *
   * @param isExact otherwise it may be more
   * @param missing the ancestor that is not held, if that is why
   */
  private record Ordered(long batches, boolean isExact, Optional<Hash> missing) {}

  private final BacklogLimits limits;
  private final int attestEvery;
  private final Chain chain;
  private final StateCertificates states;

  Backlog(LedgerParameters parameters, Chain chain, StateCertificates states) {
    this.limits = parameters.backlog();
    this.attestEvery = parameters.attestEvery();
    this.chain = chain;
    this.states = states;
  }

  /** N1: whether a child of {@code parent} may order its batches. */
  Finding check(Block block, Block parent) {
    var ordered = orderedUpTo(block.header().content().stateHeight(), parent);
    if (block.header().type() != BlockType.NORMAL
        || block.cut().batches() - ordered.batches() <= limits.batchesMax()) {
      return new Finding.Within();
    }
    return ordered.isExact() ? new Finding.Beyond() : new Finding.Unknown(ordered.missing());
  }

  /** P2: how many batches a child of {@code parent} may order now; if none, it is EMPTY. */
  int room(Block parent) {
    var state = states.after(parent).height();
    long blocks = parent.height().number() + 1 - state.number();
    long batches = parent.cut().batches() - orderedUpTo(state, parent).batches();
    return blocks > limits.blocksMax()
        ? 0
        : Math.clamp(limits.batchesMax() - batches, 0, limits.batchesMax());
  }

  /**
   * Whether an EMPTY child of {@code parent} shortens a backlog for which validators may be closed:
   * it refers to a newer state, or leads on to the next height whose state is attested.
   */
  boolean isShortenedAfter(Block parent) {
    var referred = parent.header().content().stateHeight();
    long batches = parent.cut().batches() - orderedUpTo(referred, parent).batches();
    if (limits.haveEased(0, batches)) {
      return false;
    }
    var newest = states.after(parent).height();
    long attested = parent.height().number() / attestEvery * attestEvery;
    return newest.isAfter(referred) || attested <= newest.number();
  }

  private Ordered orderedUpTo(Height state, Block tip) {
    var delivered = chain.ordered();
    if (!state.isAfter(chain.delivered().height())) {
      var known = delivered.upTo(state);
      return new Ordered(known.orElse(0), known.isPresent(), Optional.empty());
    }
    var ancestor = tip;
    while (ancestor.height().isAfter(state)) {
      var parent = ancestor.header().parent();
      var found = chain.find(parent);
      if (found.isEmpty()) {
        return new Ordered(delivered.total(), false, Optional.of(parent));
      }
      ancestor = found.get();
    }
    return new Ordered(ancestor.cut().batches(), true, Optional.empty());
  }
}
