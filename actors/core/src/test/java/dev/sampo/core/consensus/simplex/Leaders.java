package dev.sampo.core.consensus.simplex;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;

/** Who leads which view, for tests of other packages. */
public final class Leaders {

  private Leaders() {}

  public static ValidatorIndex of(Genesis genesis, View view) {
    return LeaderSchedule.of(
            genesis.ledgerId(), Epoch.ZERO, genesis.validatorSetHash(), genesis.validators().size())
        .leader(view);
  }
}
