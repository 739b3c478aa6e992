package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.simplex.Timing;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;

/** Makes the engine under exploration for one life of one machine. */
@FunctionalInterface
public interface EngineSource {

  ConsensusEngine engine(Genesis genesis, ValidatorIndex self, Timing timing);
}
