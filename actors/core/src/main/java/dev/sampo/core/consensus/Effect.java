package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;

/** What a consensus engine wants done, in order. */
public sealed interface Effect {

  /**
   * A barrier: nothing that follows, in this list or in later ones, is done before these promises
   * are on disk. {@link DurabilityGate} honours it.
   *
   * @param sequence counts up by one; answered by {@link Input.Persisted}
   */
  record Persist(long sequence, List<Promise> promises) implements Effect {
    public Persist {
      promises = List.copyOf(promises);
    }
  }

  /** Answered by {@link Input.StatementSigned}; only ever about a statement that is durable. */
  record Sign(Statement statement) implements Effect {}

  /** Sends the message to each recipient, with the engine's last final view. */
  record Send(List<ValidatorIndex> recipients, View lastFinal, ConsensusMessage message)
      implements Effect {
    public Send {
      recipients = List.copyOf(recipients);
    }
  }

  record SetTimer(TimerId timer, Duration delay) implements Effect {}

  record CancelTimer(TimerId timer) implements Effect {}

  /**
   * Asks the mempool for what to order.
   *
   * @param ancestors the unfinalized or not yet executed ancestors of the block to build: what they
   *     carry inline is left out
   * @param parent the cut of its parent, which the new cut follows (P3)
   * @param batchesMax most batches that it may order (EX7)
   */
  record BuildPayload(View view, List<Block> ancestors, Cut parent, int bytesMax, int batchesMax)
      implements Effect {
    public BuildPayload {
      ancestors = List.copyOf(ancestors);
    }
  }

  /**
   * Asks the mempool to say when the batches between the two cuts are available (N4).
   *
   * @param proposer should have what is missing
   */
  record CheckAvailability(View view, Hash block, Cut parent, Cut cut, ValidatorIndex proposer)
      implements Effect {}

  /**
   * Has the clients' signatures in the inline section checked; answered by {@link
   * Input.InlineJudged} (X11).
   */
  record VerifyInline(Block block) implements Effect {}

  /** These blocks are final: consecutive heights, after those of the previous such effect. */
  record Finalized(List<Block> blocks, FinalityProof proof) implements Effect {
    public Finalized {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Peers have final blocks up to {@code target} that are missing here: the sync role gets them.
   */
  record FetchFinalBlocks(Height from, Height target, List<ValidatorIndex> holders)
      implements Effect {
    public FetchFinalBlocks {
      holders = List.copyOf(holders);
    }
  }

  /**
   * Tells the mempool which incarnation of this validator lives, once that is on disk (RE4): it
   * says so to the others, and speaks in lanes when they have stored it. Comes at each start of a
   * validator that ever lost its records.
   */
  record AnnounceIncarnation(int incarnation) implements Effect {}

  record ReportEvidence(Evidence evidence) implements Effect {}

  /** Something an operator may want to see or count. */
  record Report(EngineEvent event) implements Effect {}

  /** A rule is broken beyond repair: the process stops. */
  record Halt(String reason) implements Effect {}
}
