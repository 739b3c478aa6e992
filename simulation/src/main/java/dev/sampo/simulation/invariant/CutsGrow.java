package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Cut;
import dev.sampo.core.types.Height;
import java.util.TreeMap;

/** I12: along the chain of final blocks no lane goes back, and none advances too far (N1). */
public final class CutsGrow implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, Cut> cuts = new TreeMap<>();

  public CutsGrow(Ground ground) {
    this.ground = ground;
    cuts.put(Height.ZERO, ground.genesis().block().cut());
  }

  @Override
  public String id() {
    return "I12";
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
        var before = cuts.lowerEntry(block.height());
        if (cuts.putIfAbsent(block.height(), block.cut()) == null
            && before != null
            && !follows(block.cut(), before.getValue())) {
          findings.violated(this, block + " has " + block.cut() + " after " + before.getValue());
        }
      }
    }
  }

  private boolean follows(Cut cut, Cut parent) {
    if (cut.tips().size() != ground.validators()) {
      return false;
    }
    for (int lane = 0; lane < cut.tips().size(); lane++) {
      var tip = cut.tips().get(lane);
      var before = parent.tips().get(lane);
      long advance = tip.height().number() - before.height().number();
      if (advance < 0
          || advance == 0 && !tip.equals(before)
          || advance > ground.genesis().parameters().lanes().advanceMax()) {
        return false;
      }
    }
    return true;
  }
}
