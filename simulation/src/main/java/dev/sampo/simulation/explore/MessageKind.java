package dev.sampo.simulation.explore;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.vote.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a round may lose on its own: all messages of one kind across a cut. */
enum MessageKind {
  PROPOSAL,
  NOTARIZE,
  NULLIFY,
  FINALIZE,
  /** Certificates, requests and their answers, status. */
  REPAIR;

  static MessageKind of(ConsensusMessage message) {
    return switch (message) {
      case Proposal p -> PROPOSAL;
      case ConsensusVote(var vote) -> of(vote.statement());
      case Certificates c -> REPAIR;
      case CertificateRequest r -> REPAIR;
      case BlockRequest r -> REPAIR;
      case BlockResponse r -> REPAIR;
      case Status s -> REPAIR;
      case PeerMessage.Recover r -> REPAIR;
      case PeerMessage.RecoverReply r -> REPAIR;
    };
  }

  static Optional<MessageKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static MessageKind of(Statement statement) {
    return switch (statement) {
      case Statement.Propose p -> PROPOSAL;
      case Statement.Notarize n -> NOTARIZE;
      case Statement.Nullify n -> NULLIFY;
      case Statement.Finalize f -> FINALIZE;
      case Statement.StateAttest s -> REPAIR;
      case Statement.Append a -> REPAIR;
      case Statement.Ack a -> REPAIR;
      case Statement.OfRecovery r -> REPAIR;
    };
  }
}
