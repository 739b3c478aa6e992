package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.Verified;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.List;
import java.util.Optional;

/** What happened to a {@link MempoolMachine}. */
public sealed interface MempoolInput {

  /** The first input. */
  record Started() implements MempoolInput {}

  /** A gateway of this node accepted a transaction, whose signature is valid. */
  record Submitted(SignedTransaction transaction) implements MempoolInput {}

  /** A peer said something; all signatures in it are checked, but for clients' in batches. */
  record MessageReceived(ValidatorIndex from, Verified<? extends MempoolMessage> message)
      implements MempoolInput {}

  /**
   * The engine knows which incarnation of this validator lives; told at each start of one that ever
   * lost its records, and to no other (RE4).
   */
  record IncarnationSettled(int incarnation) implements MempoolInput {}

  /** The host has a connection to the peer again. */
  record PeerConnected(ValidatorIndex peer) implements MempoolInput {}

  /**
   * A leader wants something to order.
   *
   * @param ancestors the unfinalized or not yet executed ancestors of the block to build
   * @param parent the cut of the block's parent
   * @param batchesMax most batches that it may order (EX7)
   */
  record PayloadWanted(View view, List<Block> ancestors, Cut parent, int bytesMax, int batchesMax)
      implements MempoolInput {
    public PayloadWanted {
      ancestors = List.copyOf(ancestors);
    }
  }

  /**
   * A voter wants to know when the batches between two cuts are available (N4).
   *
   * @param proposer should have what is missing
   */
  record AvailabilityWanted(View view, Hash block, Cut parent, Cut cut, ValidatorIndex proposer)
      implements MempoolInput {}

  /** These blocks are final: consecutive heights, after those of the previous such input. */
  record BlocksFinal(List<Block> blocks, FinalityProof proof) implements MempoolInput {
    public BlocksFinal {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * The block at the ledger's end was executed and stored.
   *
   * @param results by the place of the entry in the block
   */
  record BlockExecuted(OrderedBlock block, List<TransactionResult> results)
      implements MempoolInput {
    public BlockExecuted {
      results = List.copyOf(results);
    }
  }

  /** The writes of {@link MempoolEffect.Store} with this number are on disk. */
  record Stored(long sequence) implements MempoolInput {}

  /**
   * What {@link MempoolEffect.Verify} asked for.
   *
   * @param invalid the first entry whose signature is not valid, if any
   */
  record Judged(ValidatorIndex lane, Cut.Tip batch, Optional<Integer> invalid)
      implements MempoolInput {}

  /** The signature that {@link MempoolEffect.Sign} asked for. */
  record Signed(Statement statement, Signature signature) implements MempoolInput {}

  record TimerFired(MempoolTimer timer) implements MempoolInput {}
}
