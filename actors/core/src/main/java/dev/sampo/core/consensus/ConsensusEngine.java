package dev.sampo.core.consensus;

import java.util.List;

/**
 * Decides the order of blocks. A pure machine: the same inputs at the same moments give the same
 * effects, which the host performs in order (see {@link DurabilityGate}).
 */
public interface ConsensusEngine {

  List<Effect> step(Input input, Moment now);

  /** What an operator sees of the engine; never used to decide anything. */
  EngineStatus status();
}
