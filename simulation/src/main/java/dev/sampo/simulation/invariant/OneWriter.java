package dev.sampo.simulation.invariant;

import dev.sampo.core.types.ValidatorIndex;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/**
 * V1: of all copies of a validator at most one gets anything durable in a writer epoch of its
 * store, and none that writes was overtaken by a later epoch.
 */
public final class OneWriter implements Invariant {

  private record Tenure(ValidatorIndex by, long epoch) {}

  private final Ground ground;
  private final LinkedHashMap<Tenure, Long> writers = new LinkedHashMap<>();
  private final TreeMap<ValidatorIndex, Long> newest = new TreeMap<>();

  public OneWriter(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "V1";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Wrote.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (!(observation instanceof Observation.Wrote(var by, long copy, long epoch))
        || !ground.isHonest(by)) {
      return;
    }
    var other = writers.putIfAbsent(new Tenure(by, epoch), copy);
    if (other != null && other != copy) {
      findings.violated(
          this, by + " has two writers in epoch " + epoch + ": " + other + ", " + copy);
    }
    long before = newest.getOrDefault(by, copy);
    newest.put(by, Math.max(before, copy));
    if (copy < before) {
      findings.violated(this, by + " lets copy " + copy + " write after copy " + before);
    }
  }
}
