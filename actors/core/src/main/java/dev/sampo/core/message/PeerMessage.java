package dev.sampo.core.message;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Vote;
import java.util.List;
import java.util.Optional;

/** One message between validators. Its encoding and bounds are in {@link PeerMessageCodec}. */
public sealed interface PeerMessage {

  /** A message for the consensus engine. */
  sealed interface ConsensusMessage extends PeerMessage {}

  /** A message for the mempool. */
  sealed interface MempoolMessage extends PeerMessage {}

  /** A message for the sync role: blocks that are final already. */
  sealed interface SyncMessage extends PeerMessage {}

  /** A message for the execution role. */
  sealed interface ExecutionMessage extends PeerMessage {}

  /** The leader's block with the certificates that justify its parent (P4). */
  record Proposal(Block block, Signature leaderSignature, List<Certificate> justification)
      implements ConsensusMessage {
    public Proposal {
      justification = List.copyOf(justification);
    }
  }

  /** A notarize, nullify or finalize vote. */
  record ConsensusVote(Vote vote) implements ConsensusMessage {}

  /** Certificates, pushed or asked for, and the headers that link them (C3, S2, W10). */
  record Certificates(List<Certificate> certificates, List<BlockHeader> headers)
      implements ConsensusMessage {
    public Certificates {
      certificates = List.copyOf(certificates);
      headers = List.copyOf(headers);
    }
  }

  /** Asks for the certificates of the views in [from, to] and the newest finalization (2.13). */
  record CertificateRequest(Epoch epoch, View from, View to) implements ConsensusMessage {}

  /** Asks for an unfinalized or just finalized block by its hash. */
  record BlockRequest(Hash block) implements ConsensusMessage {}

  record BlockResponse(Block block) implements ConsensusMessage {}

  /**
   * Where the sender stands (W10).
   *
   * @param echo newest votes of the recipient above the sender's last final view, for its
   *     comparison
   */
  record Status(Epoch epoch, View view, View finalView, Height finalHeight, List<Vote> echo)
      implements ConsensusMessage {
    public Status {
      echo = List.copyOf(echo);
    }
  }

  /** The sender lost its records and asks what it may have promised (RE2). */
  record Recover(Vote vote) implements ConsensusMessage {}

  /**
   * Answers {@link Recover} (RE2).
   *
   * @param left of the view below the one that the statement names, unless that is the first
   * @param finality the newest finalization that the sender knows
   * @param announcement the recipient's own, of the incarnation that the statement names, unless
   *     that is 0
   */
  record RecoverReply(
      Vote vote,
      Optional<Certificate> left,
      Optional<Certificate> finality,
      Optional<Vote> announcement)
      implements ConsensusMessage {

    /** To a validator of which the sender knows no incarnation but the first. */
    public RecoverReply(Vote vote, Optional<Certificate> left, Optional<Certificate> finality) {
      this(vote, left, finality, Optional.empty());
    }
  }

  /** The sender has this incarnation since it lost its records (RE4). */
  record IncarnationAnnounced(Vote vote) implements MempoolMessage {}

  /** Answers {@link IncarnationAnnounced}: the sender has stored it durably (RE4). */
  record IncarnationConfirmed(Vote vote) implements MempoolMessage {}

  /** Transactions that a gateway accepted, for every validator's mempool. */
  record TransactionGossip(List<SignedTransaction> transactions) implements MempoolMessage {
    public TransactionGossip {
      transactions = List.copyOf(transactions);
    }
  }

  /** A new batch of the sender's lane, with the newest proof of an earlier one (L1, L3). */
  record BatchAppended(Batch batch, Optional<Certificate> proof) implements MempoolMessage {}

  /** The batch that the vote names is stored by its signer, who tells the owner (L2). */
  record BatchAck(Vote vote) implements MempoolMessage {}

  /** Proofs of availability that travel without a batch (L3, P4). */
  record AvailabilityProofs(List<Certificate> proofs) implements MempoolMessage {
    public AvailabilityProofs {
      proofs = List.copyOf(proofs);
    }
  }

  /**
   * Asks for the batches of a lane from {@code batch} down, along the parents, to the one after
   * {@code above} (L6, N5).
   */
  record BatchRequest(Epoch epoch, ValidatorIndex lane, Height above, Cut.Tip batch)
      implements SyncMessage {}

  /** As many of the batches asked for as fit one answer, the highest first. */
  record BatchResponse(List<Batch> batches) implements MempoolMessage {
    public BatchResponse {
      batches = List.copyOf(batches);
    }
  }

  /** Asks for final blocks from {@code from} on, as many as fit one answer. */
  record FinalBlocksRequest(Height from) implements SyncMessage {}

  /**
   * Final blocks in height order with the proof that the last of them is final; empty when the
   * sender has none at the height asked for.
   */
  record FinalBlocks(List<Block> blocks, Optional<FinalityProof> proof) implements SyncMessage {
    public FinalBlocks {
      blocks = List.copyOf(blocks);
      if (blocks.isEmpty() != proof.isEmpty()) {
        throw new IllegalArgumentException("final blocks go with a proof");
      }
    }
  }

  /** A validator's attestation of the state after a block. */
  record Attestation(Vote vote) implements ExecutionMessage {}

  /** State certificates, pushed to one who lacks them. */
  record StateCertificates(List<Certificate> certificates) implements ExecutionMessage {
    public StateCertificates {
      certificates = List.copyOf(certificates);
    }
  }
}
