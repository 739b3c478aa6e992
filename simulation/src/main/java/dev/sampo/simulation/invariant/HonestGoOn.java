package dev.sampo.simulation.invariant;

/** An honest validator with a sound disk never stops itself. */
public final class HonestGoOn implements Invariant {

  private final Ground ground;

  public HonestGoOn(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "no halt";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Halted.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Halted(var by, var reason) && ground.isHonest(by)) {
      findings.violated(this, by + " halts: " + reason);
    }
  }
}
