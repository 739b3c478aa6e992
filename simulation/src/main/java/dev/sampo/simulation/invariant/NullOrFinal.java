package dev.sampo.simulation.invariant;

import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.TreeSet;

/** I2: no view can have both a finalization and a nullification. */
public final class NullOrFinal implements Invariant {

  private final TreeSet<View> nullified = new TreeSet<>();
  private final TreeSet<View> finalized = new TreeSet<>();

  @Override
  public String id() {
    return "I2";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Constructible.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Constructible(var statement)) {
      if (statement instanceof Statement.Nullify(_, var view)) {
        nullified.add(view);
        check(view, findings);
      } else if (statement instanceof Statement.Finalize(_, var view, _)) {
        finalized.add(view);
        check(view, findings);
      }
    }
  }

  private void check(View view, Findings findings) {
    if (nullified.contains(view) && finalized.contains(view)) {
      findings.violated(this, "view " + view + " is final and nullified");
    }
  }
}
