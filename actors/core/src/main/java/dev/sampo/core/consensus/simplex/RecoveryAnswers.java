package dev.sampo.core.consensus.simplex;

import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells a peer that lost its records how far it may have gone (RE2). */
final class RecoveryAnswers {

  /** A peer that asks more often is not heard. */
  private static final long INTERVAL = Duration.ofMillis(200).toNanos();

  /** An answer as it was when its signature was asked for. */
  private record Draft(
      Statement.RecoverReply statement,
      Optional<Certificate> left,
      Optional<Certificate> finality) {}

  private final Replica replica;
  // At most one of each peer.
  private final Map<ValidatorIndex, Draft> drafts = new TreeMap<>();

  RecoveryAnswers(Replica replica) {
    this.replica = replica;
  }

  /** Who has not reached its own first certain view yet knows too little to answer. */
  void asked(Peer peer, Statement.Recover question) {
    boolean isSettled = replica.isKnown(replica.view());
    if (!question.epoch().equals(replica.epoch()) || !isSettled) {
      return;
    }
    if (!peer.mayAnswerRecovery(replica.nanos(), INTERVAL)) {
      return;
    }
    // Nothing durable is about a higher view: a vote is for the current one at most, and a
    // certificate of it would have ended it (E1, E2).
    var statement =
        new Statement.RecoverReply(
            replica.epoch(), peer.index(), question.nonce(), replica.view(), 0);
    drafts.put(peer.index(), new Draft(statement, replica.entry(), replica.chain.finalization()));
    replica.outbox.sign(statement);
  }

  void signed(Statement.RecoverReply statement, Signature signature) {
    var draft = drafts.get(statement.asker());
    if (draft != null && draft.statement().equals(statement)) {
      drafts.remove(statement.asker());
      var vote = new Vote(statement, replica.committee.self(), signature);
      replica.outbox.sendSigned(
          List.of(statement.asker()), new RecoverReply(vote, draft.left(), draft.finality()));
    }
  }
}
