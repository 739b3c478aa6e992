package dev.sampo.simulation.invariant;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.types.Height;
import java.util.TreeMap;

/** N1: no block becomes final that is older than its parent or carries what is not its own. */
public final class FinalBlocksAreValid implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, BlockHeader> chain = new TreeMap<>();

  public FinalBlocksAreValid(Ground ground) {
    this.ground = ground;
    chain.put(Height.ZERO, ground.genesis().block().header());
  }

  @Override
  public String id() {
    return "N1";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Stored(var by, var blocks, _) && ground.isHonest(by)) {
      for (var executed : blocks) {
        var block = executed.block();
        if (!block.bodyMatchesHeader()) {
          findings.violated(this, by + " stores a body that is not that of " + block);
        }
        if (chain.putIfAbsent(block.height(), block.header()) == null) {
          follows(block.header(), findings);
        }
      }
    }
  }

  private void follows(BlockHeader header, Findings findings) {
    var before = chain.lowerEntry(header.height());
    var parent = before.getValue();
    boolean holds =
        header.height().equals(before.getKey().next())
            && header.parentView().equals(parent.view())
            && header.view().isAfter(parent.view())
            && header.time().isAfter(parent.time());
    if (!holds) {
      findings.violated(this, header + " does not follow " + parent);
    }
  }
}
