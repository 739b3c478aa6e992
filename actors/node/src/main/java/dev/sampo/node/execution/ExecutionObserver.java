package dev.sampo.node.execution;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.vote.Evidence;

/** Sees what execution did, for metrics and logs; called on the execution actor, so it is quick. */
public interface ExecutionObserver {

  void executed(ExecutedBlock block);

  void evidenceFound(Evidence evidence);
}
