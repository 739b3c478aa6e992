package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.mempool.BatchFetcher.Need;
import dev.sampo.core.mempool.BatchFetcher.Purpose;
import dev.sampo.core.mempool.BatchFetcher.Wanted;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.FinalityProof;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Final blocks on their way to execution, which waits for their batches (L4, L6). */
final class FinalBlocksQueue {

  /** Batches of so many blocks are asked for ahead. */
  private static final int FETCHED_AHEAD_MAX = 8;

  /** So long a batch may be behind the finalization before it is asked for. */
  private static final long PATIENCE = Duration.ofMillis(20).toNanos();

  private record Waiting(Block block, Cut parent, FinalityProof proof) {}

  private final Lanes lanes;
  private final MempoolOutbox outbox;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private Cut newest;
  private boolean halted;

  /** {@code executed} is the cut of the block that was executed last. */
  FinalBlocksQueue(Cut executed, Lanes lanes, MempoolOutbox outbox) {
    this.newest = executed;
    this.lanes = lanes;
    this.outbox = outbox;
  }

  void add(Block block, FinalityProof proof) {
    waiting.addLast(new Waiting(block, newest, proof));
    newest = block.cut();
  }

  /** Hands on what is complete, those with one proof together. */
  void settle() {
    var complete = new ArrayList<OrderedBlock>();
    while (!waiting.isEmpty() && !halted) {
      var next = waiting.getFirst();
      var ordered = OrderedBlock.of(next.block(), next.parent(), lanes::findStored);
      if (ordered.isEmpty() || !isExecutable(next)) {
        break;
      }
      waiting.removeFirst();
      complete.add(ordered.get());
      lanes.release(next.block().cut());
      var following = waiting.peekFirst();
      if (following == null || !following.proof().equals(next.proof())) {
        outbox.add(new MempoolEffect.Execute(complete, next.proof()));
        complete.clear();
      }
    }
    if (!complete.isEmpty()) {
      outbox.add(new MempoolEffect.Execute(complete, proofOf(complete.getLast().block())));
    }
  }

  /**
   * X11: what is known to hold a forgery is not executed here, nor anything after it, and never
   * differently from the others; a verdict that is on its way is waited for.
   */
  private boolean isExecutable(Waiting next) {
    return switch (lanes.findingBetween(next.parent(), next.block().cut())) {
      case NONE -> true;
      case OPEN -> false;
      case FORGED -> {
        halted = true;
        outbox.add(
            new MempoolEffect.Halt(
                "final block "
                    + next.block().height()
                    + " orders a transaction whose signature is not valid"));
        yield false;
      }
    };
  }

  /** D6: what is stored last has a proof, by the headers of those that still wait. */
  private FinalityProof proofOf(Block last) {
    var of = waiting.getFirst().proof();
    var chain = new ArrayList<BlockHeader>();
    chain.add(last.header());
    for (var each : waiting) {
      if (each.proof().equals(of) && !each.block().header().equals(of.target())) {
        chain.add(each.block().header());
      }
    }
    chain.addAll(of.chain());
    return chain.size() > FinalityProof.CHAIN_LENGTH_MAX
        ? of
        : new FinalityProof(chain, of.finalization());
  }

  void collect(Map<Wanted, Need> needs) {
    int ahead = 0;
    for (var each : waiting) {
      if (ahead++ == FETCHED_AHEAD_MAX) {
        return;
      }
      for (int i = 0; i < each.parent().tips().size(); i++) {
        var lane = ValidatorIndex.of(i);
        var above = each.parent().tips().get(i).height();
        if (needs.size() < BatchFetcher.NEEDS_MAX) {
          lanes
              .secure(lane, each.block().cut().tips().get(i), above)
              .ifPresent(
                  missing ->
                      needs.put(
                          new Wanted(lane, missing),
                          new Need(
                              above,
                              List.of(each.block().header().proposer(), lane),
                              PATIENCE,
                              Purpose.EXECUTE)));
        }
      }
    }
  }
}
