package dev.sampo.core.message;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Flaw;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.vote.Statement.Finalize;
import dev.sampo.core.vote.Statement.Incarnate;
import dev.sampo.core.vote.Statement.IncarnationStored;
import dev.sampo.core.vote.Statement.Notarize;
import dev.sampo.core.vote.Statement.Nullify;
import dev.sampo.core.vote.Statement.Propose;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Checks all that the roles take for granted about a message: signatures, who may say it, that
 * bodies match headers and that chains are linked. Thread-safe if what it is given is.
 */
public final class MessageVerifier {

  private final CertificateVerifier certificates;
  private final ValidatorIndex self;
  private final Predicate<SignedTransaction> hasValidSignature;

  /** {@code self} is who receives the messages. */
  public MessageVerifier(
      CertificateVerifier certificates,
      ValidatorIndex self,
      Predicate<SignedTransaction> hasValidSignature) {
    this.certificates = certificates;
    this.self = self;
    this.hasValidSignature = hasValidSignature;
  }

  /** {@code sender} is the validator that the link was authenticated for. */
  public MessageVerdict verify(ValidatorIndex sender, Envelope envelope) {
    var flaw =
        envelope.ledger().equals(certificates.ledger())
            ? flawIn(sender, envelope.message())
            : Optional.of(Flaw.OTHER_LEDGER);
    return flaw.<MessageVerdict>map(MessageVerdict.Refused::new)
        .orElseGet(() -> new MessageVerdict.Accepted(new Verified<>(envelope.message())));
  }

  private Optional<Flaw> flawIn(ValidatorIndex sender, PeerMessage message) {
    return switch (message) {
      case Proposal proposal -> flawIn(proposal);
      case ConsensusVote(var vote) -> flawInVote(sender, vote);
      case Certificates(var pushed, var headers) ->
          first(headers, certificates::verify).or(() -> first(pushed, certificates::verify));
      case BlockResponse(var block) -> flawIn(block);
      case Status status -> first(status.echo(), this::flawInEcho);
      case TransactionGossip(var transactions) ->
          first(transactions, each -> unless(hasValidSignature.test(each), Flaw.BAD_TRANSACTION));
      case FinalBlocks(var blocks, var proof) -> proof.flatMap(present -> flawIn(blocks, present));
      case Attestation(var vote) -> flawInAttestation(sender, vote);
      case StateCertificates(var pushed) -> first(pushed, this::flawInStateCertificate);
      case BatchAppended(var batch, var proof) ->
          unless(batch.lane().equals(sender), Flaw.UNEXPECTED_SIGNER)
              .or(() -> flawIn(batch))
              .or(() -> proof.flatMap(this::flawInProof));
      case BatchAck(var vote) -> flawInAck(sender, vote);
      case AvailabilityProofs(var proofs) -> first(proofs, this::flawInProof);
      case BatchResponse(var batches) -> first(batches, this::flawIn);
      case BatchRequest(_, var lane, _, _) ->
          unless(certificates.validators().contains(lane), Flaw.NOT_A_VALIDATOR);
      case Recover(var vote) -> flawInRecover(sender, vote);
      case RecoverReply reply -> flawInReply(sender, reply);
      case IncarnationAnnounced(var vote) -> flawInAnnouncement(sender, vote);
      case IncarnationConfirmed(var vote) -> flawInConfirmation(sender, vote);
      case CertificateRequest unsigned -> Optional.empty();
      case BlockRequest unsigned -> Optional.empty();
      case FinalBlocksRequest unsigned -> Optional.empty();
    };
  }

  private Optional<Flaw> flawIn(Proposal proposal) {
    var block = proposal.block();
    var header = block.header();
    var statement = new Propose(header.epoch(), header.view(), block.hash());
    return flawIn(block)
        .or(() -> certificates.verify(statement, header.proposer(), proposal.leaderSignature()))
        .or(() -> first(proposal.justification(), certificates::verify));
  }

  private Optional<Flaw> flawInVote(ValidatorIndex sender, Vote vote) {
    boolean expected =
        switch (vote.statement()) {
          case Notarize n -> true;
          case Nullify n -> true;
          case Finalize f -> true;
          case Propose p -> false;
          case StateAttest s -> false;
          case Append a -> false;
          case Ack a -> false;
          case Statement.OfRecovery r -> false;
        };
    return unless(expected, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  /** S3: an echo tells a validator what it has said itself. */
  private Optional<Flaw> flawInEcho(Vote vote) {
    return unless(vote.signer().equals(self), Flaw.UNEXPECTED_SIGNER)
        .or(() -> certificates.verify(vote));
  }

  private Optional<Flaw> flawInAttestation(ValidatorIndex sender, Vote vote) {
    return unless(vote.statement() instanceof StateAttest, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  private Optional<Flaw> flawInStateCertificate(Certificate certificate) {
    return unless(certificate.statement() instanceof StateAttest, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> certificates.verify(certificate));
  }

  private Optional<Flaw> flawInAck(ValidatorIndex sender, Vote vote) {
    return unless(vote.statement() instanceof Ack, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  private Optional<Flaw> flawInRecover(ValidatorIndex sender, Vote vote) {
    return unless(vote.statement() instanceof Statement.Recover, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  private Optional<Flaw> flawInAnnouncement(ValidatorIndex sender, Vote vote) {
    return unless(vote.statement() instanceof Incarnate, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  private Optional<Flaw> flawInConfirmation(ValidatorIndex sender, Vote vote) {
    boolean isForSelf =
        vote.statement() instanceof IncarnationStored stored && stored.of().equals(self);
    return unless(isForSelf, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
        .or(() -> certificates.verify(vote));
  }

  /** RE4: an incarnation counts only with the word of whose it is, or a liar could use them up. */
  private boolean isAnnounced(int incarnation, Optional<Vote> announcement) {
    return incarnation == 0
        ? announcement.isEmpty()
        : announcement
            .filter(vote -> vote.signer().equals(self))
            .map(vote -> vote.statement() instanceof Incarnate(_, int own) && own == incarnation)
            .orElse(false);
  }

  /** RE2: a view counts only with the certificate by which the one below it was left. */
  private Optional<Flaw> flawInReply(ValidatorIndex sender, RecoverReply reply) {
    var vote = reply.vote();
    if (!(vote.statement() instanceof Statement.RecoverReply said)) {
      return Optional.of(Flaw.UNEXPECTED_STATEMENT);
    }
    boolean isFinality =
        reply.finality().map(each -> each.statement() instanceof Finalize).orElse(true);
    return unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER)
        .or(() -> unless(said.asker().equals(self), Flaw.UNEXPECTED_STATEMENT))
        .or(() -> unless(isProven(said.view(), reply.left()), Flaw.BROKEN_CHAIN))
        .or(() -> unless(isFinality, Flaw.UNEXPECTED_STATEMENT))
        .or(
            () ->
                unless(
                    isAnnounced(said.incarnation(), reply.announcement()),
                    Flaw.UNEXPECTED_STATEMENT))
        .or(() -> certificates.verify(vote))
        .or(() -> reply.announcement().flatMap(certificates::verify))
        .or(() -> reply.left().flatMap(certificates::verify))
        .or(() -> reply.finality().flatMap(certificates::verify));
  }

  private static boolean isProven(View view, Optional<Certificate> left) {
    long below = view.number() - 1;
    if (left.isEmpty()) {
      return below == 0;
    }
    return switch (left.get().statement()) {
      case Notarize notarized -> notarized.view().number() == below;
      case Nullify nullified -> nullified.view().number() == below;
      case Finalize finalized -> finalized.view().number() == below;
      case Propose p -> false;
      case StateAttest s -> false;
      case Append a -> false;
      case Ack a -> false;
      case Statement.OfRecovery r -> false;
    };
  }

  private Optional<Flaw> flawInProof(Certificate proof) {
    return unless(proof.statement() instanceof Ack, Flaw.UNEXPECTED_STATEMENT)
        .or(() -> certificates.verify(proof));
  }

  /** The clients' signatures are for execution, which every validator does for itself (X11). */
  private Optional<Flaw> flawIn(Batch batch) {
    return unless(batch.payloadMatchesStatement(), Flaw.BODY_MISMATCH)
        .or(() -> certificates.verify(batch.asVote()));
  }

  private Optional<Flaw> flawIn(Block block) {
    return certificates
        .verify(block.header())
        .or(() -> unless(block.bodyMatchesHeader(), Flaw.BODY_MISMATCH));
  }

  private Optional<Flaw> flawIn(List<Block> blocks, FinalityProof proof) {
    List<BlockHeader> headers = blocks.stream().map(Block::header).toList();
    boolean proven = !headers.isEmpty() && headers.getLast().equals(proof.target());
    return unless(proven, Flaw.BROKEN_CHAIN)
        .or(() -> certificates.verifyChain(headers))
        .or(() -> certificates.verify(proof))
        .or(() -> first(blocks, this::flawIn));
  }

  private static <T> Optional<Flaw> first(List<T> parts, Function<T, Optional<Flaw>> check) {
    for (var part : parts) {
      var flaw = check.apply(part);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  private static Optional<Flaw> unless(boolean holds, Flaw flaw) {
    return holds ? Optional.empty() : Optional.of(flaw);
  }
}
