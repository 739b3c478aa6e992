package dev.sampo.simulation.world;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** The machines that validators host: the shipped ones, unless a test weakens one on purpose. */
public interface Machines {

  Machines SHIPPED = new Machines() {};

  default ConsensusEngine engine(Genesis genesis, ValidatorIndex self) {
    return ConsensusEngines.create(genesis, self);
  }

  default Application application(ValidatorIndex self) {
    return new Assets();
  }

  default Barrier barrier(ValidatorIndex self) {
    var gate = new DurabilityGate();
    return new Barrier() {
      @Override
      public List<Effect> admit(List<Effect> effects) {
        return gate.admit(effects);
      }

      @Override
      public List<Effect> persisted(long sequence) {
        return gate.persisted(sequence);
      }
    };
  }

  /** What a validator checks signatures with. */
  default SignatureVerifier signatures(ValidatorIndex self, SignatureVerifier suite) {
    return suite;
  }

  /** What execution reads and what clients are served from. */
  default LedgerStore store(ValidatorIndex self, LedgerStore medium) {
    return medium;
  }

  /** Holds effects back until what they promise is on disk (2.4). */
  interface Barrier {
    List<Effect> admit(List<Effect> effects);

    List<Effect> persisted(long sequence);
  }
}
