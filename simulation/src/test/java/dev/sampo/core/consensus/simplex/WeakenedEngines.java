package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Engines with a planted bug in one of their rules. */
public final class WeakenedEngines {

  private WeakenedEngines() {}

  /** Counts {@code error} more votes than it should before it makes a certificate. */
  public static ConsensusEngine withQuorumError(
      Genesis genesis, ValidatorIndex self, Timing timing, int error) {
    var right = Committee.of(genesis, self);
    var committee =
        new Committee(
            right.ledger(),
            right.epoch(),
            right.validators(),
            right.validatorSetHash(),
            right.schedule(),
            right.self(),
            right.quorum() + error);
    return new SimplexEngine(genesis, committee, timing, new ParentRule());
  }

  /** N3 forgotten by voters, with leaders that build upon a stale parent (2.21). */
  public static ConsensusEngine withoutGapProof(
      Genesis genesis, ValidatorIndex self, Timing timing) {
    return new SimplexEngine(genesis, Committee.of(genesis, self), timing, new Gapless());
  }

  /** N2 forgotten: any block that is held may be a parent, notarized or not. */
  public static ConsensusEngine withoutParentProof(
      Genesis genesis, ValidatorIndex self, Timing timing) {
    return new SimplexEngine(genesis, Committee.of(genesis, self), timing, new Proofless());
  }

  private static final class Gapless extends ParentRule {
    @Override
    Finding choose(View view, Slots slots, Chain chain, Predicate<Hash> unobtainable) {
      return chain
          .find(chain.finalHash())
          .<Finding>map(
              block ->
                  new Parent(block, chain.finalization(), known(chain.finalView(), view, slots)))
          .orElseGet(() -> new BlockMissing(chain.finalView(), chain.finalHash()));
    }

    @Override
    Optional<List<Certificate>> gapProof(View parent, View child, Slots slots) {
      return Optional.of(known(parent, child, slots));
    }

    private static List<Certificate> known(View parent, View child, Slots slots) {
      var known = new ArrayList<Certificate>();
      for (var view = parent.next(); view.isBefore(child); view = view.next()) {
        slots.find(view).flatMap(Slot::nullification).ifPresent(known::add);
      }
      return known;
    }
  }

  private static final class Proofless extends ParentRule {
    @Override
    Finding choose(View view, Slots slots, Chain chain, Predicate<Hash> unobtainable) {
      for (var slot : List.copyOf(slots.all()).reversed()) {
        if (slot.view().isBefore(view) && slot.proposal().isPresent()) {
          var gap = gapProof(slot.view(), view, slots);
          if (gap.isPresent()) {
            return new Parent(slot.proposal().get().block(), slot.notarization(), gap.get());
          }
        }
      }
      return super.choose(view, slots, chain, unobtainable);
    }

    @Override
    Finding check(BlockHeader child, Slots slots, Chain chain) {
      var block = chain.find(child.parent());
      var gap = gapProof(child.parentView(), child.view(), slots);
      return block.isPresent() && gap.isPresent() && child.parentView().isAfter(chain.finalView())
          ? new Parent(block.get(), Optional.empty(), gap.get())
          : super.check(child, slots, chain);
    }
  }
}
