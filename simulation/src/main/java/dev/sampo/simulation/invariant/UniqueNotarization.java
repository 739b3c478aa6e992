package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.TreeMap;

/** I1: at most one block of a view can have a notarization. */
public final class UniqueNotarization implements Invariant {

  private final TreeMap<View, Hash> notarized = new TreeMap<>();

  @Override
  public String id() {
    return "I1";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Constructible.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Constructible(Statement.Notarize(_, var view, var h))) {
      var other = notarized.putIfAbsent(view, h);
      if (other != null && !other.equals(h)) {
        findings.violated(this, "view " + view + " has notarizations of " + other + " and " + h);
      }
    }
  }
}
