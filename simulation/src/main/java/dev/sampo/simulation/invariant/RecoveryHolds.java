package dev.sampo.simulation.invariant;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * RE1 to RE3: a validator that lost its records speaks only above all that it ever said, after q
 * others have answered its newest question; nobody who does not know its own past answers such a
 * question.
 */
public final class RecoveryHolds implements Invariant {

  /** What is known of a validator through all its lives. */
  private static final class Past {
    private View highest = View.ZERO;
    private boolean lost;
    private Optional<View> bound = Optional.empty();
    private Optional<RecoveryNonce> question = Optional.empty();
  }

  private final Ground ground;
  private final TreeMap<ValidatorIndex, Past> pasts = new TreeMap<>();
  private final LinkedHashMap<RecoveryNonce, Set<ValidatorIndex>> answers = new LinkedHashMap<>();

  public RecoveryHolds(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "RE";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Lost.class
        || kind == Observation.Promised.class
        || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Lost(var by) -> {
        var past = past(by);
        past.lost = true;
        past.bound = Optional.empty();
        past.question = Optional.empty();
      }
      case Observation.Promised(var by, Promise.RecoveredFrom(_, var from, _)) -> {
        if (ground.isHonest(by)) {
          recovered(by, from, findings);
        }
      }
      case Observation.Sent(var by, _, var message) -> sent(by, message, findings);
      case Observation other -> {}
    }
  }

  private Past past(ValidatorIndex by) {
    return pasts.computeIfAbsent(by, _ -> new Past());
  }

  private void recovered(ValidatorIndex by, View from, Findings findings) {
    var past = past(by);
    if (!from.isAfter(past.highest)) {
      findings.violated(
          this, by + " speaks again from view " + from + ", but has spoken in " + past.highest);
    }
    int replies =
        past.question.map(nonce -> answers.getOrDefault(nonce, Set.of()).size()).orElse(0);
    if (replies < ground.quorum()) {
      findings.violated(this, by + " is recovered by " + replies + " answers");
    }
    past.lost = false;
    past.bound = Optional.of(from);
  }

  private void sent(ValidatorIndex by, PeerMessage message, Findings findings) {
    switch (message) {
      case ConsensusVote(var vote) ->
          said(by, DurableBeforeSaid.viewOf(vote.statement()), findings);
      case Proposal(var block, _, _) -> said(by, block.view(), findings);
      case Recover(var vote) -> {
        if (vote.statement() instanceof Statement.Recover(_, var nonce)) {
          past(by).question = Optional.of(nonce);
        }
      }
      case RecoverReply(var vote, _, _, _) -> {
        if (vote.statement() instanceof Statement.RecoverReply reply) {
          replied(by, reply, findings);
        }
      }
      case PeerMessage other -> {}
    }
  }

  private void said(ValidatorIndex by, View view, Findings findings) {
    var past = past(by);
    past.highest = view.isAfter(past.highest) ? view : past.highest;
    boolean isBelow = past.lost || past.bound.map(view::isBefore).orElse(false);
    if (isBelow && ground.isHonest(by)) {
      findings.violated(
          this, by + " speaks in view " + view + " that it may have spoken in before");
    }
  }

  private void replied(ValidatorIndex by, Statement.RecoverReply reply, Findings findings) {
    answers.computeIfAbsent(reply.nonce(), _ -> new TreeSet<>()).add(by);
    var past = past(by);
    if (ground.isHonest(by) && (past.lost || reply.view().isBefore(past.highest))) {
      findings.violated(
          this, by + " answers " + reply + ", but has spoken in view " + past.highest);
    }
  }
}
