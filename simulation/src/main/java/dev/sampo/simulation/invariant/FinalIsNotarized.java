package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.TreeMap;

/** I3: where a finalization can be made, a notarization of the same block can. */
public final class FinalIsNotarized implements Invariant {

  private final TreeMap<View, Hash> notarized = new TreeMap<>();

  @Override
  public String id() {
    return "I3";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Constructible.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Constructible(var statement)) {
      if (statement instanceof Statement.Notarize(_, var view, var block)) {
        notarized.put(view, block);
      } else if (statement instanceof Statement.Finalize(_, var view, var block)
          && !block.equals(notarized.get(view))) {
        findings.violated(this, "view " + view + ": " + block + " is final, not notarized");
      }
    }
  }
}
