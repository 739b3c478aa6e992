package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.types.Height;
import java.util.TreeMap;

/**
 * EX7: no final block carries anything too far above the state that it refers to, and nobody takes
 * in a transaction who knows that half of a limit is reached.
 */
public final class BacklogIsBounded implements Invariant {

  private final Ground ground;
  private final BacklogLimits limits;
  private final TreeMap<Height, Long> ordered = new TreeMap<>();

  public BacklogIsBounded(Ground ground) {
    this.ground = ground;
    this.limits = ground.genesis().parameters().backlog();
    ordered.put(Height.ZERO, 0L);
  }

  @Override
  public String id() {
    return "EX7";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class || kind == Observation.TakenIn.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stored(var by, var blocks, _) when ground.isHonest(by) -> {
        for (var executed : blocks) {
          var block = executed.block();
          if (ordered.putIfAbsent(block.height(), batches(block.cut())) == null
              && block.header().type() == BlockType.NORMAL
              && (blocksOf(block) > limits.blocksMax() || batchesOf(block) > limits.batchesMax())) {
            findings.violated(this, "beyond the limits, " + described(block));
          }
        }
      }
      case Observation.TakenIn(var by, var newest) when ground.isHonest(by) -> {
        if (2 * blocksOf(newest) >= limits.blocksMax()
            || 2 * batchesOf(newest) >= limits.batchesMax()) {
          findings.violated(this, by + " is open, " + described(newest));
        }
      }
      case Observation other -> {}
    }
  }

  private String described(Block block) {
    return block + " is " + blocksOf(block) + " blocks, " + batchesOf(block) + " batches ahead";
  }

  private static long blocksOf(Block block) {
    return block.height().number() - block.header().content().stateHeight().number();
  }

  /** The state was certified, so somebody stored it before. */
  private long batchesOf(Block block) {
    var before = ordered.floorEntry(block.header().content().stateHeight()).getValue();
    return batches(block.cut()) - before;
  }

  private static long batches(Cut cut) {
    return cut.tips().stream().mapToLong(tip -> tip.height().number()).sum();
  }
}
