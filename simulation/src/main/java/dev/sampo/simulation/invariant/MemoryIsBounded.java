package dev.sampo.simulation.invariant;

/** I19: what a validator keeps for others stays within its limits. */
public final class MemoryIsBounded implements Invariant {

  private static final int PROMISES_MAX = 20_000;
  private static final int TRANSACTIONS_MAX = 65_536;

  private final Ground ground;

  public MemoryIsBounded(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I19";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Held.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Held(var by, int promises, int transactions)
        && ground.isHonest(by)
        && (promises > PROMISES_MAX || transactions > TRANSACTIONS_MAX)) {
      findings.violated(
          this, by + " keeps " + promises + " promises and " + transactions + " transactions");
    }
  }
}
