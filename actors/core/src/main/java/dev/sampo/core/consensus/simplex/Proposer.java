package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.simplex.ParentRule.BlockMissing;
import dev.sampo.core.consensus.simplex.ParentRule.CertificatesMissing;
import dev.sampo.core.consensus.simplex.ParentRule.Parent;
import dev.sampo.core.consensus.simplex.ParentRule.Unusable;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the leader of the current view does (2.6, TI5). */
final class Proposer {

  /** A payload that was asked for, and the parent of the block that will carry it. */
  private record Draft(View view, Parent parent) {}

  /** Inline transactions of a block that tells that more are coming (TI7). */
  private static final int LOADED_FROM = 8;

  private final Replica replica;
  private final ProposalRules rules;
  private final Voter voter;
  private final Justification justification;
  private final Predicate<Hash> unobtainable;
  private Optional<Draft> draft = Optional.empty();
  private HostPressure pressure = HostPressure.NONE;

  Proposer(Replica replica, ProposalRules rules, Voter voter, Predicate<Hash> unobtainable) {
    this.replica = replica;
    this.rules = rules;
    this.voter = voter;
    this.justification = new Justification(replica);
    this.unobtainable = unobtainable;
  }

  void hostBusy(HostPressure changed) {
    pressure = changed;
  }

  /** P: proposes as soon as there is a parent, and something to propose or nothing to wait for. */
  void settle() {
    var slot = replica.currentSlot();
    draft = draft.filter(asked -> isCurrent(asked, slot));
    if (!mayPropose(slot) || draft.isPresent()) {
      return;
    }
    var finding = replica.parents.choose(slot.view(), replica.slots, replica.chain, unobtainable);
    switch (finding) {
      case Parent parent -> proposeOn(slot, parent);
      case BlockMissing(var view, var hash) -> {
        var holders = replica.slots.find(view).flatMap(Slot::notarization);
        replica.needs.block(
            hash,
            holders.or(replica.chain::finalization).map(Certificate::signers).orElse(List.of()));
        replica.needs.within(replica.pacemaker.latency().askAfter());
      }
      case CertificatesMissing(var below) -> {
        replica.needs.certificatesFrom(below.next());
        replica.needs.within(0);
      }
      case Unusable() -> throw new InvariantViolation("P1 chose a parent below the final view");
    }
  }

  /** The mempool's answer; an empty one means that nothing waits there after all. */
  void payload(View view, List<SignedTransaction> transactions, Cut cut) {
    var slot = replica.currentSlot();
    var asked = draft.filter(waiting -> waiting.view().equals(view) && isCurrent(waiting, slot));
    if (asked.isEmpty()) {
      return;
    }
    draft = Optional.empty();
    var parent = asked.get().parent();
    if (transactions.isEmpty() && cut.equals(parent.block().cut())) {
      replica.noPayload();
    } else if (mayPropose(slot)) {
      build(slot, parent, cut, transactions);
    }
  }

  /** The signature of the stored proposal is there: it is sent, after a restart once more (P6). */
  void signed(Statement.Propose statement, Signature signature) {
    var block = replica.chain.find(statement.block());
    var slot = replica.slots.find(statement.view());
    if (block.isEmpty() || slot.isEmpty()) {
      return;
    }
    var finding = replica.parents.check(block.get().header(), replica.slots, replica.chain);
    if (finding instanceof Parent parent) {
      var certificates = justification.of(block.get(), parent);
      slot.get()
          .propose(new Proposal(block.get(), signature, certificates.getLast()), replica.nanos());
      justification.send(slot.get().proposal().orElseThrow(), certificates);
    }
  }

  private boolean mayPropose(Slot slot) {
    return replica.mayVoteIn(slot.view())
        && replica.committee.leads(slot.view())
        && slot.ownProposal().isEmpty()
        && slot.state().mayNotarize();
  }

  /** A draft is void once its view is over or its parent is below the final one. */
  private boolean isCurrent(Draft asked, Slot slot) {
    var parent = asked.parent().block();
    return asked.view().equals(slot.view())
        && (parent.view().isAfter(replica.finalView())
            || parent.hash().equals(replica.chain.finalHash()));
  }

  private void proposeOn(Slot slot, Parent parent) {
    int room = replica.backlog.room(parent.block());
    if (replica.isPayloadWaiting() && room > 0) {
      if (!isDue(isWorthGathering(parent.block()) ? halfOfBuildTime() : 0)) {
        return;
      }
      draft = Optional.of(new Draft(slot.view(), parent));
      replica.outbox.silently(
          new Effect.BuildPayload(
              slot.view(),
              replica.chain.unstoredUpTo(parent.block()),
              parent.block().cut(),
              rules.inlineBytesMax(),
              room));
      return;
    }
    // TI5: an EMPTY that only finishes an ancestor gives the finalization one view's time to come.
    long wait =
        replica.finishesWork(parent.block()) || replica.backlog.isShortenedAfter(parent.block())
            ? Math.min(replica.pacemaker.latency().ewma(), halfOfBuildTime())
            : replica.pacemaker.idle();
    if (isDue(wait)) {
      build(slot, parent, parent.block().cut(), List.of());
    }
  }

  /** TI7: one ledger alone has nothing to gain from it while its blocks are small. */
  private boolean isWorthGathering(Block parent) {
    return switch (pressure) {
      case NONE -> false;
      case SEVERAL_LEDGERS -> true;
      case LONE_LEDGER -> isLoaded(parent);
    };
  }

  /** Whether it carries batches or as good as one: a normal block without inline ones does. */
  private static boolean isLoaded(Block block) {
    int inline = block.inline().size();
    return inline >= LOADED_FROM || (block.header().type() == BlockType.NORMAL && inline == 0);
  }

  /** Whether {@code wait} is over since the view was entered; if not, the leader is called then. */
  private boolean isDue(long wait) {
    long due = replica.pacemaker.enteredAt() + wait;
    if (replica.nanos() >= due) {
      return true;
    }
    replica.pacemaker.set(TimerId.Kind.IDLE, due, replica.nanos());
    return false;
  }

  private long halfOfBuildTime() {
    return replica.pacemaker.buildWithin(replica.finalView()) / 2;
  }

  /** P6, D4: proposal, block and own vote are one group of promises. */
  private void build(Slot slot, Parent parent, Cut cut, List<SignedTransaction> transactions) {
    var header = header(slot.view(), parent.block(), cut, transactions);
    var block = new Block(header, cut, transactions);
    long bytes = transactions.stream().mapToLong(SignedTransaction::encodedLength).sum();
    if (bytes > rules.inlineBytesMax() || transactions.size() > Block.INLINE_COUNT_MAX) {
      throw new InvariantViolation("the mempool's payload is above the limit of a block");
    }
    replica.chain.hold(block);
    voter.hold(parent);
    var statement = new Statement.Propose(replica.epoch(), slot.view(), block.hash());
    slot.record(statement);
    replica.journal.state(statement);
    voter.notarize(slot, block);
  }

  private BlockHeader header(
      View view, Block parent, Cut cut, List<SignedTransaction> transactions) {
    var committee = replica.committee;
    var height = parent.height().next();
    var parentTime = parent.header().time().plusMillis(1);
    var time = replica.wallClock().isAfter(parentTime) ? replica.wallClock() : parentTime;
    var type = ProposalRules.typeOf(cut, parent.cut(), transactions);
    var state = replica.states().after(parent);
    var content =
        new BlockHeader.Content(
            cut.root(),
            Block.inlineRoot(transactions),
            committee.validatorSetHash(),
            Hash.ZERO,
            state.height(),
            state.certificate());
    return new BlockHeader(
        BlockHeader.VERSION,
        committee.ledger(),
        new BlockHeader.Position(replica.epoch(), view, height, parent.hash(), parent.view()),
        time,
        committee.self(),
        type,
        content);
  }
}
