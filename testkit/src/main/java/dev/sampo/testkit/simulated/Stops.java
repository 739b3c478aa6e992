package dev.sampo.testkit.simulated;

import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.ArrayList;
import java.util.List;

/** Remembers which validators stopped by themselves; it finds nothing wrong. */
final class Stops implements Invariant {

  private final List<String> reasons = new ArrayList<>();

  List<String> reasons() {
    return List.copyOf(reasons);
  }

  @Override
  public String id() {
    return "stops";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Halted.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Halted(var by, var reason)) {
      reasons.add(by + ": " + reason);
    }
  }
}
