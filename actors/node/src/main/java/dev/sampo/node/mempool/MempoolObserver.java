package dev.sampo.node.mempool;

import dev.sampo.core.block.Cut;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import java.util.List;

/** Sees what the mempool reports; called on the mempool's actor, so it is quick. */
public interface MempoolObserver {

  /** The time of the block at {@code height} has overtaken these transactions. */
  void expired(List<TransactionId> ids, Height height);

  void evidenceFound(Evidence evidence);

  /** A batch of a final block could not be had from anybody (L6). */
  void dataLost(ValidatorIndex lane, Cut.Tip batch);
}
