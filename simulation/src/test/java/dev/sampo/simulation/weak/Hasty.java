package dev.sampo.simulation.weak;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.world.Machines;
import java.util.List;

/** Says things before the disk has them. */
public final class Hasty implements Machines {

  @Override
  public Barrier barrier(ValidatorIndex self) {
    return new Barrier() {
      @Override
      public List<Effect> admit(List<Effect> effects) {
        return effects;
      }

      @Override
      public List<Effect> persisted(long sequence) {
        return List.of();
      }
    };
  }
}
