package dev.sampo.simulation.invariant;

/** I9: no honest validator appears in any evidence. */
public final class HonestNotAccused implements Invariant {

  private final Ground ground;

  public HonestNotAccused(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I9";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Accused.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Accused(var by, var evidence)
        && ground.isHonest(by)
        && evidence.culprits().stream().anyMatch(ground::isHonest)) {
      findings.violated(this, by + " accuses an honest validator: " + evidence);
    }
  }
}
