package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bounds what a validator may have promised that lost its records, by what q others know (RE2,
 * RE3). A vote in a view needs a certificate of the view below; at least one of any q others voted
 * there, and their records are not lost.
 */
final class LostRecords {

  /** A vote may have been given one view above the highest that the others have reached. */
  private static final int BEYOND = 2;

  private final Committee committee;
  private final RecoveryNonce nonce;
  // At most one of each validator.
  private final Map<ValidatorIndex, Statement.RecoverReply> replies = new TreeMap<>();

  LostRecords(Committee committee, RecoveryNonce nonce) {
    this.committee = committee;
    this.nonce = nonce;
  }

  Statement.Recover question() {
    return new Statement.Recover(committee.epoch(), nonce);
  }

  /** Takes a checked reply; one that answers something else counts for nothing. */
  void take(ValidatorIndex from, RecoverReply reply) {
    if (reply.vote().statement() instanceof Statement.RecoverReply said
        && isAnswer(from, said)
        && reply.vote().signer().equals(from)) {
      replies.merge(from, said, (a, b) -> b.view().isAfter(a.view()) ? b : a);
    }
  }

  private boolean isAnswer(ValidatorIndex from, Statement.RecoverReply said) {
    return committee.validators().contains(from)
        && !from.equals(committee.self())
        && said.asker().equals(committee.self())
        && said.epoch().equals(committee.epoch())
        && said.nonce().equals(nonce);
  }

  boolean hasHeard(ValidatorIndex from) {
    return replies.containsKey(from);
  }

  int count() {
    return replies.size();
  }

  /** RE5: the own word counts for nothing, so that at n = 4 all others must answer. */
  int needed() {
    return committee.quorum();
  }

  boolean isBounded() {
    return replies.size() >= needed();
  }

  /** RE3: the first view in which nothing can have been promised before. */
  Promise.RecoveredFrom bound() {
    var highest = View.ZERO;
    int incarnation = 0;
    for (var reply : replies.values()) {
      highest = reply.view().isAfter(highest) ? reply.view() : highest;
      incarnation = Math.max(incarnation, reply.incarnation());
    }
    int next = Math.min(incarnation, Integer.MAX_VALUE - 1) + 1;
    return new Promise.RecoveredFrom(committee.epoch(), highest.plus(BEYOND), next);
  }
}
