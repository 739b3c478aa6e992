package dev.sampo.core.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;
import java.util.Optional;

/** What an answer of a source was found to be, all signatures checked. */
public sealed interface FollowFinding {

  /**
   * Final blocks in height order from the one that was asked for, and state certificates.
   *
   * @param proof that the last of the blocks is final; nothing if the source has none
   */
  record NewBlocks(
      List<Block> blocks, Optional<FinalityProof> proof, List<Certificate> certificates)
      implements FollowFinding {
    public NewBlocks {
      blocks = List.copyOf(blocks);
      certificates = List.copyOf(certificates);
      if (blocks.isEmpty() != proof.isEmpty()) {
        throw new IllegalArgumentException("final blocks go with a proof");
      }
    }
  }

  /** Batches as they were asked for, the highest first; none if the source lacks the first. */
  record NewBatches(List<Batch> batches) implements FollowFinding {
    public NewBatches {
      batches = List.copyOf(batches);
    }
  }

  /** Nothing that an honest replica of the ledger says. */
  record Lie(String reason) implements FollowFinding {}

  /** The validators signed another history than the one that is stored here. */
  record OtherHistory(String reason) implements FollowFinding {}
}
