package dev.sampo.node.ledger;

import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.peer.FrameRecipient;
import dev.sampo.node.peer.LedgerFrames;
import dev.sampo.node.verification.VerdictCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;

/**
 * Takes frames from peer links to the roles: decodes them and checks every signature on the
 * workers. A link reads on when the role has handled the message, so that no peer can fill a
 * mailbox.
 */
final class Inbound implements FrameRecipient {

  /** Frames of gossip of one peer that are checked while its link reads on to more urgent ones. */
  private static final int GOSSIP_AHEAD_MAX = 16;

  /** Votes of one peer that the roles have not yet handled while its link reads on. */
  private static final int VOTES_AHEAD_MAX = 64;

  /** Most verdicts are known already, and then a task for each would cost more than they do. */
  private static final int PREPARED_TOGETHER = 32;

  /**
   * What checks signatures.
   *
   * @param early has those of clients checked before execution asks for them; nothing on a ledger
   *     whose execution does not
   * @param bulk transactions, many and in no hurry
   * @param urgent everything that a view waits for
   */
  record Checks(
      MessageVerifier verifier, Optional<VerdictCache> early, Executor bulk, Executor urgent) {}

  private final Checks checks;
  private final CompletionStage<Dispatch> dispatch;
  private final MeterRegistry registry;
  private final String ledger;
  private final Ahead gossipAhead = new Ahead(GOSSIP_AHEAD_MAX);
  private final Ahead votesAhead = new Ahead(VOTES_AHEAD_MAX);

  /**
   * Takes the frames of one ledger.
   *
   * @param dispatch completes once the roles are there; frames wait for it
   * @param ledger its name, for the metrics
   */
  Inbound(
      Checks checks, CompletionStage<Dispatch> dispatch, MeterRegistry registry, String ledger) {
    this.checks = checks;
    this.dispatch = dispatch;
    this.registry = registry;
    this.ledger = ledger;
  }

  @Override
  public CompletionStage<Done> receive(ValidatorIndex sender, PeerStream stream, Bytes frame) {
    return switch (PeerMessageCodec.decode(frame)) {
      case Decoded.Refused(var reason) -> refused(sender, "malformed");
      case Decoded.Ok(var envelope) ->
          switch (envelope.message()) {
            // Heavy and not urgent: a block behind it does not wait for its signatures.
            case TransactionGossip gossip ->
                gossipAhead.admit(sender, () -> verify(sender, envelope, checks.bulk()));
            case BatchAppended batch ->
                gossipAhead.admit(sender, () -> verify(sender, envelope, checks.urgent()));
            // Light and urgent: one signature is checked sooner than it is handed to a worker.
            case ConsensusVote vote -> votesAhead.admit(sender, () -> verifyHere(sender, envelope));
            case BatchAck vote -> votesAhead.admit(sender, () -> verifyHere(sender, envelope));
            case Attestation vote -> votesAhead.admit(sender, () -> verifyHere(sender, envelope));
            case PeerMessage other -> verify(sender, envelope, checks.urgent());
          };
    };
  }

  private CompletionStage<Done> verifyHere(ValidatorIndex sender, Envelope envelope) {
    return hand(sender, envelope, checks.verifier().verify(sender, envelope));
  }

  private CompletionStage<Done> verify(ValidatorIndex sender, Envelope envelope, Executor worker) {
    return CompletableFuture.supplyAsync(() -> checks.verifier().verify(sender, envelope), worker)
        .thenCompose(verdict -> hand(sender, envelope, verdict));
  }

  private CompletionStage<Done> hand(
      ValidatorIndex sender, Envelope envelope, MessageVerdict verdict) {
    return switch (verdict) {
      case MessageVerdict.Refused(var flaw) -> refused(sender, flaw.name());
      case MessageVerdict.Accepted(var message) -> {
        checks.early().ifPresent(verdicts -> prepareExecution(verdicts, envelope));
        yield dispatch.thenCompose(roles -> roles.hand(sender, envelope.lastFinal(), message));
      }
    };
  }

  /** Whoever says something, even something wrong, is there (W12). */
  private CompletionStage<Done> refused(ValidatorIndex sender, String reason) {
    registry
        .counter(
            LedgerFrames.REFUSED, "ledger", ledger, "peer", sender.toString(), "reason", reason)
        .increment();
    return dispatch.thenApply(
        roles -> {
          roles.consensus().tell(new ConsensusActor.PeerHeard(sender));
          return Done.getInstance();
        });
  }

  /** Clients' signatures that did not come by gossip are checked before their block is final. */
  private void prepareExecution(VerdictCache verdicts, Envelope envelope) {
    switch (envelope.message()) {
      case Proposal(var block, _, _) -> prepare(verdicts, block.inline());
      case BlockResponse(var block) -> prepare(verdicts, block.inline());
      case BatchAppended(var batch, _) -> prepare(verdicts, batch.transactions());
      case BatchResponse(var batches) ->
          batches.forEach(each -> prepare(verdicts, each.transactions()));
      case PeerMessage other -> {}
    }
  }

  private void prepare(VerdictCache verdicts, List<SignedTransaction> entries) {
    for (int from = 0; from < entries.size(); from += PREPARED_TOGETHER) {
      var part = entries.subList(from, Math.min(from + PREPARED_TOGETHER, entries.size()));
      checks.bulk().execute(() -> part.forEach(verdicts::hasValidSignature));
    }
  }
}
