package dev.sampo.simulation.chart;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;

/** Messages and promises in a few characters: kind, and view or height. */
final class Labels {

  private Labels() {}

  static String of(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Proposal(var block, _, _) -> "Proposal v" + block.view();
      case PeerMessage.ConsensusVote(var vote) -> of(vote.statement());
      case PeerMessage.Certificates(var certificates, _) ->
          certificates.isEmpty()
              ? "Certificates"
              : "Certificates "
                  + of(certificates.getFirst().statement())
                  + (certificates.size() > 1 ? " +" + (certificates.size() - 1) : "");
      case PeerMessage.CertificateRequest(_, var from, _) -> "CertificateRequest v" + from;
      case PeerMessage.BlockRequest request -> "BlockRequest";
      case PeerMessage.BlockResponse(var block) -> "BlockResponse v" + block.view();
      case PeerMessage.Status status -> "Status v" + status.view();
      case PeerMessage.TransactionGossip(var all) -> "TransactionGossip " + all.size();
      case PeerMessage.FinalBlocksRequest(var from) -> "FinalBlocksRequest h" + from;
      case PeerMessage.FinalBlocks(var blocks, _) -> "FinalBlocks " + blocks.size();
      case PeerMessage.Attestation(var vote) -> of(vote.statement());
      case PeerMessage.StateCertificates(var all) -> "StateCertificates " + all.size();
      case PeerMessage.BatchAppended(var batch, _) -> of(batch.statement());
      case PeerMessage.BatchAck(var vote) -> of(vote.statement());
      case PeerMessage.AvailabilityProofs(var proofs) ->
          proofs.isEmpty() ? "Proofs" : "Proof of " + of(proofs.getFirst().statement());
      case PeerMessage.BatchRequest(_, var lane, _, var tip) ->
          "BatchRequest lane " + lane + " h" + tip.height();
      case PeerMessage.BatchResponse(var batches) -> "BatchResponse " + batches.size();
      case PeerMessage.Recover(var vote) -> of(vote.statement());
      case PeerMessage.RecoverReply(var vote, _, _, _) -> of(vote.statement());
      case PeerMessage.IncarnationAnnounced(var vote) -> of(vote.statement());
      case PeerMessage.IncarnationConfirmed(var vote) -> of(vote.statement());
    };
  }

  static String of(Promise promise) {
    return switch (promise) {
      case Promise.Stated(var statement) -> of(statement);
      case Promise.BlockHeld(var block) -> "block v" + block.view();
      case Promise.CertificateHeld(var certificate) -> "certificate " + of(certificate.statement());
      case Promise.FinalUpTo(var view, _) -> "final up to v" + view;
      case Promise.RecoveredFrom(_, var from, _) -> "recovered from v" + from;
    };
  }

  static String of(Statement statement) {
    return switch (statement) {
      case Statement.Propose(_, var view, _) -> "Propose v" + view;
      case Statement.Notarize(_, var view, _) -> "Notarize v" + view;
      case Statement.Nullify(_, var view) -> "Nullify v" + view;
      case Statement.Finalize(_, var view, _) -> "Finalize v" + view;
      case Statement.StateAttest(_, var height, _, _, _) -> "StateAttest h" + height;
      case Statement.Append(_, var lane, long run, var height, _, _, _) ->
          "Append " + place(lane, run, height);
      case Statement.Ack(_, var lane, long run, var height, _, boolean verified, _) ->
          (verified ? "AckVerified " : "Ack ") + place(lane, run, height);
      case Statement.Recover r -> "Recover";
      case Statement.RecoverReply(_, var asker, _, var view, _) ->
          "RecoverReply v" + view + " to " + asker;
      case Statement.Incarnate(_, int incarnation) -> "Incarnation " + incarnation;
      case Statement.IncarnationStored(_, var of, int incarnation) ->
          "Stored incarnation " + incarnation + " of " + of;
    };
  }

  private static String place(ValidatorIndex lane, long run, Height height) {
    return "lane " + lane + " run " + run + " h" + height;
  }
}
