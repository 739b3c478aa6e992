package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which parents a block may have: P1 for leaders, N2 and N3 for voters. */
class ParentRule {

  /** Whether the parent may be built upon, or what is missing to say so. */
  sealed interface Finding {}

  /**
   * A parent with its proof and the nullifications of all views up to the child's.
   *
   * @param proof empty for genesis only (W7)
   */
  record Parent(Block block, Optional<Certificate> proof, List<Certificate> gap)
      implements Finding {
    Parent {
      gap = List.copyOf(gap);
    }
  }

  record BlockMissing(View view, Hash block) implements Finding {}

  /** Certificates of some views strictly above {@code below} are missing. */
  record CertificatesMissing(View below) implements Finding {}

  /** No vote can ever be given: the parent is below the final view (N2), or not below the child. */
  record Unusable() implements Finding {}

  /**
   * P1: the highest parent for {@code view}. A lower one only if the block of the higher cannot be
   * had.
   */
  Finding choose(View view, Slots slots, Chain chain, Predicate<Hash> unobtainable) {
    var gap = new ArrayList<Certificate>();
    for (var p = View.of(view.number() - 1); p.isAfter(chain.finalView()); p = before(p)) {
      var slot = slots.find(p);
      var notarized = slot.flatMap(Slot::notarizedBlock);
      var nullification = slot.flatMap(Slot::nullification);
      if (notarized.isPresent()) {
        var block = chain.find(notarized.get());
        if (block.isPresent()) {
          return new Parent(block.get(), slot.flatMap(Slot::notarization), gap);
        }
        if (nullification.isEmpty() || !unobtainable.test(notarized.get())) {
          return new BlockMissing(p, notarized.get());
        }
      } else if (nullification.isEmpty()) {
        return new CertificatesMissing(chain.finalView());
      }
      nullification.ifPresent(gap::add);
    }
    return chain
        .find(chain.finalHash())
        .<Finding>map(block -> new Parent(block, chain.finalization(), gap))
        .orElseGet(() -> new BlockMissing(chain.finalView(), chain.finalHash()));
  }

  /**
   * N2, N3: whether the parent that {@code child} names is proven, for exactly that view and hash.
   */
  Finding check(BlockHeader child, Slots slots, Chain chain) {
    var view = child.parentView();
    if (view.isBefore(chain.finalView()) || !view.isBefore(child.view())) {
      return new Unusable();
    }
    var proof = Optional.<Certificate>empty();
    if (view.equals(chain.finalView())) {
      if (!child.parent().equals(chain.finalHash())) {
        return new Unusable();
      }
      proof = chain.finalization();
    } else {
      var slot = slots.find(view);
      if (!slot.flatMap(Slot::notarizedBlock).equals(Optional.of(child.parent()))) {
        return new CertificatesMissing(View.of(view.number() - 1));
      }
      proof = slot.flatMap(Slot::notarization);
    }
    var gap = gapProof(view, child.view(), slots);
    if (gap.isEmpty()) {
      return new CertificatesMissing(view);
    }
    var block = chain.find(child.parent());
    if (block.isEmpty()) {
      return new BlockMissing(view, child.parent());
    }
    return new Parent(block.get(), proof, gap.get());
  }

  /** N3: all of them; that one of the views was notarized does not replace its nullification. */
  Optional<List<Certificate>> gapProof(View parent, View child, Slots slots) {
    return slots.gap(parent, child);
  }

  private static View before(View view) {
    return View.of(view.number() - 1);
  }
}
