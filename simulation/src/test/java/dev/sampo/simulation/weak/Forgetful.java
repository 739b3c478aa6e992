package dev.sampo.simulation.weak;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.world.Machines;
import java.util.List;

/** Forgets its votes when it restarts. */
public final class Forgetful implements Machines {

  @Override
  public ConsensusEngine engine(Genesis genesis, ValidatorIndex self) {
    return new Engine(Machines.SHIPPED.engine(genesis, self));
  }

  private record Engine(ConsensusEngine shipped) implements ConsensusEngine {

    @Override
    public List<Effect> step(Input input, Moment now) {
      return shipped.step(
          input instanceof Input.Started(var recovered)
              ? new Input.Started(withoutVotes(recovered))
              : input,
          now);
    }

    @Override
    public EngineStatus status() {
      return shipped.status();
    }

    private static Recovered withoutVotes(Recovered recovered) {
      var others =
          recovered.promises().stream()
              .filter(promise -> !(promise instanceof Promise.Stated))
              .toList();
      return new Recovered(
          others, recovered.lastFinal(), recovered.finality(), recovered.ordered());
    }
  }
}
