package dev.sampo.core.sync;

import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import java.time.Duration;
import java.util.List;

/** What a {@link Follower} wants done. */
public sealed interface FollowEffect {

  /** Asks for final blocks from {@code from} on and state certificates from another height on. */
  record AskBlocks(String source, Height from, Height certifiedFrom) implements FollowEffect {}

  record AskBatches(String source, BatchRequest request) implements FollowEffect {}

  /** Stores batches that a final block orders; {@link FollowInput.BatchesKept} follows. */
  record Keep(List<Batch> batches) implements FollowEffect {
    public Keep {
      batches = List.copyOf(batches);
    }
  }

  /** Hands on checked state certificates. */
  record Certify(List<Certificate> certificates) implements FollowEffect {
    public Certify {
      certificates = List.copyOf(certificates);
    }
  }

  /** Executes blocks of which the last has the proof; {@link FollowInput.Executed} follows. */
  record Execute(List<OrderedBlock> blocks, FinalityProof proof) implements FollowEffect {
    public Execute {
      blocks = List.copyOf(blocks);
    }
  }

  /** {@link FollowInput.PauseOver} follows after {@code pause}. */
  record Pause(Duration pause) implements FollowEffect {}

  /** This source is not asked again. */
  record Distrust(String source, String reason) implements FollowEffect {}

  /** The node must not go on. */
  record Halt(String reason) implements FollowEffect {}
}
