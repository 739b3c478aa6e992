package dev.sampo.simulation.invariant;

import dev.sampo.core.assets.Assets;

/** Conservation: the balances of each asset add up to its supply. */
public final class AssetsConserved implements Invariant {

  private static final int ASSETS_MAX = 16;

  private final Ground ground;
  private long expected = -1;

  public AssetsConserved(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "conservation";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Stored(var by, _, var state) && ground.isHonest(by)) {
      long sum = 0;
      for (var asset : Assets.assets(state, ASSETS_MAX)) {
        sum += Assets.sumOfBalances(state, asset);
      }
      if (expected < 0) {
        expected = sum;
      }
      if (sum != expected) {
        findings.violated(this, by + " holds " + sum + " instead of " + expected);
      }
    }
  }
}
