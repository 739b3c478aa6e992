package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;

/** What a {@link MempoolMachine} wants done, in order. */
public sealed interface MempoolEffect {

  /** The first effect of each {@link MempoolInput.Submitted}. */
  record Answer(Admission admission) implements MempoolEffect {}

  record Send(List<ValidatorIndex> recipients, PeerMessage message) implements MempoolEffect {
    public Send {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * Commits to the ledger's store; answered by {@link MempoolInput.Stored}. What rests on it is
   * asked for only then (D9, D10).
   */
  record Store(long sequence, WriteSet writes) implements MempoolEffect {}

  /**
   * Has the clients' signatures in a batch checked; answered by {@link MempoolInput.Judged} (X11).
   */
  record Verify(Batch batch) implements MempoolEffect {}

  /** Answered by {@link MempoolInput.Signed}. */
  record Sign(Statement statement) implements MempoolEffect {}

  /** Answers {@link MempoolInput.PayloadWanted}: nothing to order if the cut is the parent's. */
  record Payload(View view, List<SignedTransaction> transactions, Cut cut)
      implements MempoolEffect {
    public Payload {
      transactions = List.copyOf(transactions);
    }
  }

  /** Answers {@link MempoolInput.AvailabilityWanted}, if and when it is so. */
  record Available(View view, Hash block) implements MempoolEffect {}

  /**
   * These incarnations of others are on disk, the newest of each: consensus tells whoever asks
   * (RE4). The first effect of all.
   */
  record IncarnationsStored(List<Vote> announcements) implements MempoolEffect {
    public IncarnationsStored {
      announcements = List.copyOf(announcements);
    }
  }

  /** Whether something waits to be ordered that a leader can include (TI4). */
  record Work(boolean waiting) implements MempoolEffect {}

  /** Final blocks with all that they order, for execution, in the order of their heights. */
  record Execute(List<OrderedBlock> blocks, FinalityProof proof) implements MempoolEffect {
    public Execute {
      blocks = List.copyOf(blocks);
    }
  }

  /** The time of the block at {@code height} has overtaken them: they can never execute. */
  record Expired(List<TransactionId> ids, Height height) implements MempoolEffect {
    public Expired {
      ids = List.copyOf(ids);
    }
  }

  record SetTimer(MempoolTimer timer, Duration delay) implements MempoolEffect {}

  record ReportEvidence(Evidence evidence) implements MempoolEffect {}

  /** A final block orders a forgery (X11): the process stops, and executes nothing any more. */
  record Halt(String reason) implements MempoolEffect {}

  /** A batch of a final block could not be had from anybody for a minute (L6). */
  record ReportDataLost(ValidatorIndex lane, Cut.Tip batch) implements MempoolEffect {}
}
