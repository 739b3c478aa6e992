package dev.sampo.node.consensus;

import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The newest view that each validator spoke in; for the status view, never to decide anything. */
final class HeardViews {

  private final Map<ValidatorIndex, View> newest = new TreeMap<>();

  void note(ValidatorIndex from, ConsensusMessage message) {
    switch (message) {
      case Proposal(var block, _, _) -> raise(from, block.view());
      case Status status -> raise(from, status.view());
      case ConsensusVote(var vote) -> noteStatement(from, vote.statement());
      case Certificates _, CertificateRequest _, BlockRequest _, BlockResponse _ -> {}
      case Recover _, RecoverReply _ -> {}
    }
  }

  Map<ValidatorIndex, View> snapshot() {
    return new TreeMap<>(newest);
  }

  private void noteStatement(ValidatorIndex from, Statement statement) {
    switch (statement) {
      case Statement.Propose propose -> raise(from, propose.view());
      case Statement.Notarize notarize -> raise(from, notarize.view());
      case Statement.Nullify nullify -> raise(from, nullify.view());
      case Statement.Finalize finalize -> raise(from, finalize.view());
      case Statement.StateAttest _, Statement.Append _, Statement.Ack _ -> {}
      case Statement.OfRecovery _ -> {}
    }
  }

  private void raise(ValidatorIndex from, View view) {
    newest.merge(from, view, (known, heard) -> heard.isAfter(known) ? heard : known);
  }
}
