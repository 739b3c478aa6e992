package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.Verified;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;

/** What happened to a consensus engine. */
public sealed interface Input {

  /** The first input of every engine. */
  record Started(Recovered recovered) implements Input {}

  /**
   * A peer said something; all signatures in it are checked.
   *
   * @param lastFinal the last final view that the peer claims (C4)
   */
  record MessageReceived(
      ValidatorIndex from, View lastFinal, Verified<? extends ConsensusMessage> message)
      implements Input {}

  /** The peer sent something for another role, or something whose signature was wrong (W12). */
  record PeerHeard(ValidatorIndex from) implements Input {}

  /** The host has a connection to the peer again. */
  record PeerConnected(ValidatorIndex peer) implements Input {}

  /** Failure detection thinks that the peer is gone: a hint that may cost time, never safety. */
  record PeerSuspected(ValidatorIndex peer) implements Input {}

  record TimerFired(TimerId timer) implements Input {}

  /** The promises of {@link Effect.Persist} with this number, and all before, are on disk. */
  record Persisted(long sequence) implements Input {}

  /** The signature that {@link Effect.Sign} asked for. */
  record StatementSigned(Statement statement, Signature signature) implements Input {}

  /**
   * Answers {@link Effect.BuildPayload}; if there is nothing to order, an empty list and the cut of
   * the parent.
   */
  record PayloadBuilt(View view, List<SignedTransaction> transactions, Cut cut) implements Input {
    public PayloadBuilt {
      transactions = List.copyOf(transactions);
    }
  }

  /** Answers {@link Effect.CheckAvailability}: what its vote rests on is on disk (N4, D1). */
  record BatchesAvailable(View view, Hash block) implements Input {}

  /** Answers {@link Effect.VerifyInline}: whether all signatures of clients are valid (X11). */
  record InlineJudged(View view, Hash block, boolean valid) implements Input {}

  /** Whether the mempool holds transactions that no unfinalized block carries (W9). */
  record WorkChanged(boolean hasWork) implements Input {}

  /**
   * The mempool has stored these incarnations of others: of each that announced one, the newest
   * (RE4). Nobody who lost its records is answered before the first of these.
   */
  record IncarnationsStored(List<Vote> announcements) implements Input {
    public IncarnationsStored {
      announcements = List.copyOf(announcements);
    }
  }

  /**
   * Whether the host has less time than the ledgers that it serves would take: while it has, a
   * leader lets more gather before it proposes (TI7). A hint that may cost time, never safety.
   */
  record HostBusy(HostPressure pressure) implements Input {}

  /** Sync fetched and checked the final blocks that follow the last final one. */
  record FinalBlocksFetched(List<Block> blocks, FinalityProof proof) implements Input {
    public FinalBlocksFetched {
      blocks = List.copyOf(blocks);
    }
  }

  /** Execution stored the block at this height, its finalization and its effects. */
  record BlockStored(View view, Height height) implements Input {}

  /** A newer state certificate is known; leaders refer to it (W16). */
  record StateCertified(Certificate certificate) implements Input {}
}
