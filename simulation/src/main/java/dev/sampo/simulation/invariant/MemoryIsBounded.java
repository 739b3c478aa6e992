package dev.sampo.simulation.invariant;

/** I19: what a validator keeps for others stays within its limits. */
public final class MemoryIsBounded implements Invariant {

  private static final int PROMISES_MAX = 20_000;
  private static final int TRANSACTIONS_MAX = 65_536;

  /** Proposed ones, and final ones that are not executed yet. */
  private static final int WAITING_BLOCKS = 16;

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
    if (observation
            instanceof Observation.Held(var by, int promises, int transactions, long batchBytes)
        && ground.isHonest(by)
        && (promises > PROMISES_MAX
            || transactions > TRANSACTIONS_MAX
            || batchBytes > batchBytesMax())) {
      findings.violated(
          this,
          "%s keeps %d promises, %d transactions and %d bytes of batches"
              .formatted(by, promises, transactions, batchBytes));
    }
  }

  /** L2b: two windows of each lane, and what some blocks that wait for batches order. */
  private long batchBytesMax() {
    var limits = ground.genesis().parameters().lanes();
    long ofBlock = (long) limits.advanceMax() * limits.batchBytesMax();
    return ground.validators() * (2L * limits.windowBytes() + WAITING_BLOCKS * ofBlock);
  }
}
