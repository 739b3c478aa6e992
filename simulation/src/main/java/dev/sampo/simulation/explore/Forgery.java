package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A twin that meets a statement of the other twin takes it for amnesia and would halt (W6). Being
 * Byzantine, it goes on instead with a past in which it said so itself.
 */
final class Forgery {

  private Forgery() {}

  /** The twin's promises, so changed that they hold what {@code met} proves that it said. */
  static List<Promise> of(List<Promise> remembered, Input met, ValidatorIndex self) {
    var kept = new ArrayList<Promise>();
    var past = new TreeMap<View, Map<Integer, Statement>>();
    for (var promise : remembered) {
      if (promise instanceof Promise.Stated(var statement)) {
        said(past, statement);
      } else {
        kept.add(promise);
      }
    }
    statements(met, self).forEach(statement -> said(past, statement));
    for (var view : past.values()) {
      // The automaton of 2.3 takes a notarize vote only before the other two.
      for (int kind = 1; kind <= 3; kind++) {
        var statement = view.get(kind);
        if (statement != null) {
          kept.add(new Promise.Stated(statement));
        }
      }
    }
    return kept;
  }

  private static void said(Map<View, Map<Integer, Statement>> past, Statement statement) {
    // Nullify (3) and Finalize (4) exclude each other: the newer story is told.
    int kind = Math.min(3, statement.kind());
    past.computeIfAbsent(Records.viewOf(statement), view -> new LinkedHashMap<>())
        .put(kind, statement);
  }

  private static List<Statement> statements(Input met, ValidatorIndex self) {
    var found = new ArrayList<Statement>();
    if (met instanceof Input.MessageReceived(_, _, var verified)) {
      switch (verified.message()) {
        case Proposal proposal -> {
          var header = proposal.block().header();
          if (header.proposer().equals(self)) {
            found.add(
                new Statement.Propose(header.epoch(), header.view(), proposal.block().hash()));
          }
          signed(proposal.justification(), self, found);
        }
        case Certificates(var certificates, _) -> signed(certificates, self, found);
        case Status status -> status.echo().forEach(vote -> found.add(vote.statement()));
        case ConsensusVote(var vote) -> {
          if (vote.signer().equals(self)) {
            found.add(vote.statement());
          }
        }
        case BlockRequest r -> {}
        case BlockResponse r -> {}
        case CertificateRequest r -> {}
        case PeerMessage.Recover r -> {}
        case PeerMessage.RecoverReply r -> {}
      }
    }
    return found;
  }

  private static void signed(
      Collection<Certificate> certificates, ValidatorIndex self, List<Statement> found) {
    for (var certificate : certificates) {
      if (certificate.signers().contains(self)) {
        found.add(certificate.statement());
      }
    }
  }
}
