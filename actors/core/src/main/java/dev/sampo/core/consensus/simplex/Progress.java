package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;

/**
 * Takes certificates, wherever they come from, and moves the view and the final view (E, C1, C2).
 */
final class Progress {

  private final Replica replica;
  private final Ballots ballots;
  private final Voter voter;
  private final Push push;

  Progress(Replica replica, Ballots ballots, Voter voter, Push push) {
    this.replica = replica;
    this.ballots = ballots;
    this.voter = voter;
    this.push = push;
  }

  void vote(Vote vote) {
    ballots.count(vote).ifPresent(this::certificate);
  }

  /** C2: receiving a certificate is as good as forming it. */
  void certificate(Certificate certificate) {
    if (!isValid(certificate)) {
      return;
    }
    switch (certificate.statement()) {
      case Statement.Notarize(_, var view, var block) -> {
        if (isOpen(view, certificate)) {
          notarized(replica.slots.at(view), certificate);
        }
      }
      case Statement.Nullify(_, var view) -> {
        if (isOpen(view, certificate)) {
          nullified(replica.slots.at(view), certificate);
        }
      }
      case Statement.Finalize finalization -> finalized(finalization, certificate);
      case Statement.Propose p -> {}
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  /** C1: gives final blocks to execution as soon as the way to them is complete. */
  void settle() {
    var chain = replica.chain;
    if (chain.delivered().hash().equals(chain.finalHash())) {
      return;
    }
    var path = chain.path();
    if (path.forked()) {
      replica.outbox.halt("the finalization of view " + chain.finalView() + " forks the chain");
    } else if (path.isComplete() && !isForged(path.blocks())) {
      chain.deliver(path.blocks());
      replica.outbox.silently(new Effect.Finalized(path.blocks(), chain.proof()));
    }
  }

  /** Sync brought final blocks; those already delivered are skipped, a gap is not crossed. */
  void fetched(List<Block> blocks, FinalityProof proof) {
    var chain = replica.chain;
    var fresh =
        blocks.stream()
            .filter(block -> block.height().isAfter(chain.delivered().height()))
            .toList();
    if (fresh.isEmpty() || !isProven(fresh, proof)) {
      return;
    }
    if (!fresh.getFirst().height().equals(chain.delivered().height().next())) {
      return;
    }
    if (!fresh.getFirst().header().parent().equals(chain.delivered().hash())) {
      replica.outbox.halt("a proven final block forks the chain: " + fresh.getFirst());
      return;
    }
    if (isForged(fresh)) {
      return;
    }
    chain.deliver(fresh);
    replica.outbox.silently(new Effect.Finalized(fresh, proof));
    certificate(proof.finalization());
  }

  /** X11: a forgery that is final is never executed here, nor anything after it. */
  private boolean isForged(List<Block> blocks) {
    for (var block : blocks) {
      if (replica.isForged(block.hash())) {
        replica.outbox.halt(
            "final block "
                + block.height()
                + " carries a transaction whose signature is not valid");
        return true;
      }
    }
    return false;
  }

  private void notarized(Slot slot, Certificate certificate) {
    var known = slot.notarization();
    if (known.isPresent()) {
      if (!known.get().statement().equals(certificate.statement())) {
        replica.outbox.halt("two notarizations in view " + slot.view() + " (lemma 1)");
      }
      return;
    }
    slot.notarize(certificate);
    replica.report(new EngineEvent.BlockNotarized(slot.view(), replica.sinceEntered(slot)));
    measure(slot);
    leave(slot.view(), certificate);
    voter.considerFinalize(slot);
    push.schedule(slot.view());
  }

  private void nullified(Slot slot, Certificate certificate) {
    if (slot.nullification().isPresent()) {
      return;
    }
    slot.nullify(certificate);
    replica.report(new EngineEvent.ViewNullified(slot.view()));
    leave(slot.view(), certificate);
    push.schedule(slot.view());
  }

  private void finalized(Statement.Finalize finalization, Certificate certificate) {
    var view = finalization.view();
    var chain = replica.chain;
    if (view.equals(chain.finalView()) && !finalization.block().equals(chain.finalHash())) {
      replica.outbox.halt("two finalizations in view " + view + " (lemma 3)");
    }
    if (!isOpen(view, certificate)) {
      return;
    }
    var slot = replica.slots.at(view);
    if (contradicts(slot, finalization)) {
      replica.outbox.halt(
          "the finalization of view " + view + " contradicts its other certificate");
      return;
    }
    replica.report(new EngineEvent.BlockFinalized(view, replica.sinceEntered(slot)));
    measure(slot);
    leave(view, certificate);
    chain.finalizeAt(view, finalization.block(), certificate);
    chain.dropStale();
    replica.finalizedNow();
    replica.slots.prune(view).forEach(ballots::archive);
  }

  /** TI1: what is final was notarized, even if only others saw it. */
  private void measure(Slot slot) {
    if (slot.view().equals(replica.view())) {
      replica.pacemaker.notarized(slot.proposedAt(), replica.nanos());
    }
  }

  /** E1 from the current view, E2 from a later one; a certificate of a past view moves nothing. */
  private void leave(View view, Certificate certificate) {
    if (!view.isBefore(replica.view())) {
      replica.enter(view.next(), certificate, view.equals(replica.view()));
    }
  }

  /** F2: nothing is kept of views that are final; the votes inside still may be evidence. */
  private boolean isOpen(View view, Certificate certificate) {
    boolean open = view.isAfter(replica.finalView());
    if (open) {
      ballots.absorb(view, certificate);
    }
    return open && !replica.outbox.isHalted();
  }

  /** I11: the host checked the signatures; shape and threshold are checked here as well. */
  private boolean isValid(Certificate certificate) {
    var committee = replica.committee;
    var votes = certificate.votes();
    // Signers ascend, so that the last has the highest index.
    return certificate.statement().epoch().equals(committee.epoch())
        && votes.size() >= committee.quorum()
        && committee.validators().contains(votes.getLast().signer());
  }

  private static boolean contradicts(Slot slot, Statement.Finalize finalization) {
    return slot.nullification().isPresent()
        || slot.notarizedBlock().map(hash -> !hash.equals(finalization.block())).orElse(false);
  }

  /** Whether the blocks follow each other and the proof is about the last of them. */
  private boolean isProven(List<Block> blocks, FinalityProof proof) {
    for (int i = 1; i < blocks.size(); i++) {
      if (!blocks.get(i).header().parent().equals(blocks.get(i - 1).hash())) {
        return false;
      }
    }
    var chain = proof.chain();
    for (int i = 1; i < chain.size(); i++) {
      if (!chain.get(i).parent().equals(chain.get(i - 1).computeHash())) {
        return false;
      }
    }
    return blocks.getLast().header().equals(proof.target())
        && isValid(proof.finalization())
        && proof.finalization().statement() instanceof Statement.Finalize(_, _, var last)
        && last.equals(chain.getLast().computeHash());
  }
}
