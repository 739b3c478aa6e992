package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.TreeMap;

/** I4: the final chains of honest validators are one chain, without gaps. */
public final class ChainsAgree implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, Hash> chain = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Height> stored = new TreeMap<>();

  public ChainsAgree(Ground ground) {
    this.ground = ground;
    chain.put(Height.ZERO, ground.genesis().block().hash());
  }

  @Override
  public String id() {
    return "I4";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class || kind == Observation.Lost.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Lost(var by)) {
      stored.remove(by);
    }
    if (observation instanceof Observation.Stored(var by, var blocks, _) && ground.isHonest(by)) {
      for (var executed : blocks) {
        var block = executed.block();
        var before = stored.getOrDefault(by, Height.ZERO);
        if (!block.height().equals(before.next())
            || !block.header().parent().equals(chain.get(before))) {
          findings.violated(this, by + " stores " + block + " after height " + before);
        }
        stored.put(by, block.height());
        var other = chain.putIfAbsent(block.height(), block.hash());
        if (other != null && !other.equals(block.hash())) {
          findings.violated(this, "fork at height " + block.height() + ", seen by " + by);
        }
      }
    }
  }
}
