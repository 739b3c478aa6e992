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

/**
 * Tells a peer that lost its records how far it may have gone (RE2). The answer is written before
 * it is signed (V1): a copy of this validator that another one has taken over from may know less
 * than that one has said, and learns by writing that it must not speak.
 */
final class RecoveryAnswers {

  /** A peer that asks more often is not heard. */
  private static final long INTERVAL = Duration.ofMillis(200).toNanos();

  /** An answer as it was when its signature was asked for. */
  private record Draft(
      Statement.RecoverReply statement,
      Optional<Certificate> left,
      Optional<Certificate> finality,
      Optional<Vote> announcement) {}

  private final Replica replica;
  // At most one of each peer.
  private final Map<ValidatorIndex, Draft> drafts = new TreeMap<>();
  // RE4: unknown until the mempool has told.
  private Optional<List<Vote>> announcements = Optional.empty();

  RecoveryAnswers(Replica replica) {
    this.replica = replica;
  }

  /** RE4: the newest incarnation of each peer that announced one. */
  void incarnations(List<Vote> stored) {
    announcements = Optional.of(stored);
  }

  /** Who has not reached its own first certain view yet knows too little to answer. */
  void asked(Peer peer, Statement.Recover question) {
    boolean isSettled = replica.isKnown(replica.view());
    if (!question.epoch().equals(replica.epoch()) || !isSettled || announcements.isEmpty()) {
      return;
    }
    if (!peer.mayAnswerRecovery(replica.nanos(), INTERVAL)) {
      return;
    }
    // Nothing durable is about a higher view: a vote is for the current one at most, and a
    // certificate of it would have ended it (E1, E2).
    var announcement =
        announcements.get().stream().filter(each -> each.signer().equals(peer.index())).findFirst();
    var statement =
        new Statement.RecoverReply(
            replica.epoch(),
            peer.index(),
            question.nonce(),
            replica.view(),
            announcement.map(RecoveryAnswers::incarnationIn).orElse(0));
    drafts.put(
        peer.index(),
        new Draft(statement, replica.entry(), replica.chain.finalization(), announcement));
    replica.journal.state(statement);
  }

  private static int incarnationIn(Vote announcement) {
    return announcement.statement() instanceof Statement.Incarnate(_, int incarnation)
        ? incarnation
        : 0;
  }

  void signed(Statement.RecoverReply statement, Signature signature) {
    var draft = drafts.get(statement.asker());
    if (draft != null && draft.statement().equals(statement)) {
      drafts.remove(statement.asker());
      var vote = new Vote(statement, replica.committee.self(), signature);
      replica.outbox.sendSigned(
          List.of(statement.asker()),
          new RecoverReply(vote, draft.left(), draft.finality(), draft.announcement()));
    }
  }
}
