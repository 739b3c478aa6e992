package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.simplex.ParentRule.BlockMissing;
import dev.sampo.core.consensus.simplex.ParentRule.CertificatesMissing;
import dev.sampo.core.consensus.simplex.ParentRule.Parent;
import dev.sampo.core.consensus.simplex.ParentRule.Unusable;
import dev.sampo.core.consensus.simplex.ProposalRules.Verdict;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;

/** Decides this validator's votes (2.7). Nothing else creates one (F1). */
final class Voter {

  private final Replica replica;
  private final ProposalRules rules;

  Voter(Replica replica, ProposalRules rules) {
    this.replica = replica;
    this.rules = rules;
  }

  /** N: looks at the current view's proposal whenever anything has changed (N5). */
  void settle() {
    var slot = replica.currentSlot();
    var leader = replica.committee.leader(slot.view());
    if (slot.votes().hasNullify(leader)) {
      nullify(slot); // N6
    }
    if (replica.mayVoteIn(slot.view()) && slot.state().mayNotarize()) {
      slot.proposal().ifPresent(proposal -> consider(slot, proposal));
    }
  }

  private void consider(Slot slot, Proposal proposal) {
    var header = proposal.block().header();
    switch (replica.parents.check(header, replica.slots, replica.chain)) {
      case Parent parent -> judge(slot, proposal, parent);
      case BlockMissing(_, var hash) -> {
        replica.needs.block(hash, List.of(header.proposer()));
        replica.needs.within(replica.pacemaker.latency().askAfter());
      }
      case CertificatesMissing(var below) -> {
        replica.needs.certificatesFrom(below.next());
        replica.needs.within(replica.pacemaker.latency().askAfter());
      }
      case Unusable() -> {} // N2: the view ends by its timer
    }
  }

  private void judge(Slot slot, Proposal proposal, Parent parent) {
    var verdict =
        rules.judge(proposal, parent.block(), replica.states().recent(), replica.wallClock());
    switch (verdict) {
      case Verdict.Acceptable() -> acceptable(slot, proposal, parent);
      case Verdict.Invalid invalid -> refuse(slot, proposal, parent.block());
      case Verdict.TooEarly(var by) ->
          replica.pacemaker.setOnce(
              TimerId.Kind.TIMESTAMP, replica.nanos() + by.toNanos(), replica.nanos());
      case Verdict.StateCertificateMissing() -> {} // it may still come
    }
  }

  /** EX7: batches beyond the limit cost the view; what was ordered before may be unknown yet. */
  private void acceptable(Slot slot, Proposal proposal, Parent parent) {
    var block = proposal.block();
    switch (replica.backlog.check(block, parent.block())) {
      case Backlog.Finding.Within() -> withinBacklog(slot, proposal, parent);
      case Backlog.Finding.Beyond() -> nullify(slot);
      case Backlog.Finding.Unknown(var missing) -> {
        missing.ifPresent(hash -> replica.needs.block(hash, List.of(block.header().proposer())));
        replica.needs.within(replica.pacemaker.latency().askAfter());
      }
    }
  }

  private void withinBacklog(Slot slot, Proposal proposal, Parent parent) {
    var block = proposal.block();
    // Both are asked for at once.
    boolean isVerified = isVerified(slot, block);
    boolean isAvailable = isAvailable(slot, block, parent.block());
    if (replica.isForged(block.hash())) {
      refuse(slot, proposal, parent.block());
    } else if (isVerified && isAvailable) {
      hold(parent);
      notarize(slot, block);
    }
  }

  /** N5: everyone decides so for ever. */
  private void refuse(Slot slot, Proposal proposal, Block parent) {
    var block = proposal.block();
    replica.outbox.silently(
        new Effect.ReportEvidence(
            new Evidence.InvalidProposal(
                block.header().proposer(), block, parent, proposal.leaderSignature())));
    nullify(slot);
  }

  /** X11: what execution will rely on, the host's workers check before the vote. */
  private boolean isVerified(Slot slot, Block block) {
    if (!rules.areInlineVerified() || block.inline().isEmpty()) {
      return true;
    }
    if (slot.askInline()) {
      replica.outbox.silently(new Effect.VerifyInline(block));
    }
    return slot.isInlineValid(block.hash());
  }

  /** N4: a block that orders batches waits for the mempool's word; it fetches what is missing. */
  private boolean isAvailable(Slot slot, Block block, Block parent) {
    if (block.cut().equals(parent.cut()) || slot.isAvailable(block.hash())) {
      return true;
    }
    if (slot.askAvailability()) {
      replica.outbox.silently(
          new Effect.CheckAvailability(
              slot.view(), block.hash(), parent.cut(), block.cut(), block.header().proposer()));
    }
    return false;
  }

  /** D1, D4: what the vote or proposal for a child rests upon is durable with it. */
  void hold(Parent parent) {
    reportClock(parent);
    replica.journal.hold(parent.block());
    parent.proof().ifPresent(replica.journal::hold);
    parent.gap().forEach(replica.journal::hold);
  }

  void notarize(Slot slot, Block block) {
    replica.journal.hold(block);
    cast(slot, new Statement.Notarize(replica.epoch(), slot.view(), block.hash()));
  }

  /** Z1, Z4: where the automaton allows it (Z2, Z3), and never before voting may start. */
  void nullify(Slot slot) {
    if (replica.mayVoteIn(slot.view()) && slot.state().mayNullify()) {
      cast(slot, new Statement.Nullify(replica.epoch(), slot.view()));
    }
  }

  /** F: for any view above the last final one, whether or not the block was ever seen. */
  void considerFinalize(Slot slot) {
    boolean may = replica.mayVoteIn(slot.view()) && slot.state().mayFinalize();
    if (may && slot.nullification().isEmpty()) {
      slot.notarization().ifPresent(notarization -> finalizeBlock(slot, notarization));
    }
  }

  private void finalizeBlock(Slot slot, Certificate notarization) {
    replica.journal.hold(notarization); // D3
    Hash block = slot.notarizedBlock().orElseThrow();
    cast(slot, new Statement.Finalize(replica.epoch(), slot.view(), block));
  }

  /** An own vote, durable and signed. */
  void send(Vote vote) {
    replica.outbox.sendSigned(replica.peers.indices(), new ConsensusVote(vote));
  }

  /** W8: an operator should know that this clock lags behind the ledger. */
  private void reportClock(Parent parent) {
    long behind = parent.block().header().time().millis() - replica.wallClock().millis();
    if (behind > ProposalRules.SKEW_MAX.toMillis()) {
      replica.report(new EngineEvent.ClockBehind(Duration.ofMillis(behind)));
    }
  }

  private void cast(Slot slot, Statement statement) {
    slot.record(statement);
    replica.journal.state(statement);
  }
}
