package dev.sampo.node.consensus;

import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.vote.Evidence;

/**
 * Sees what consensus reports, for metrics and logs; called on the consensus actor, so it is quick.
 */
public interface ConsensusObserver {

  void reported(EngineEvent event);

  void evidenceFound(Evidence evidence);
}
