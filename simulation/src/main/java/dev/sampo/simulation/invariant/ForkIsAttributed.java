package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.TreeMap;
import java.util.TreeSet;

/** I10: a fork, which takes more than f liars, leaves evidence against 2q - n of them. */
public final class ForkIsAttributed implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, Hash> chain = new TreeMap<>();
  private final TreeSet<ValidatorIndex> accused = new TreeSet<>();
  private boolean forked;

  public ForkIsAttributed(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I10";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Accused.class
        || kind == Observation.Stored.class
        || kind == Observation.Ended.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Accused(_, var evidence) -> accused.addAll(evidence.culprits());
      case Observation.Stored(var by, var blocks, _) -> {
        for (var executed : blocks) {
          var block = executed.block();
          var other = chain.putIfAbsent(block.height(), block.hash());
          forked |= ground.isHonest(by) && other != null && !other.equals(block.hash());
        }
      }
      case Observation.Ended ended -> {
        int provable = 2 * ground.quorum() - ground.validators();
        if (forked && accused.size() < provable) {
          findings.violated(this, "a fork, but evidence only against " + accused);
        }
      }
      case Observation other -> {}
    }
  }
}
