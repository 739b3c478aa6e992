package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.simplex.ParentRule.BlockMissing;
import dev.sampo.core.consensus.simplex.ParentRule.CertificatesMissing;
import dev.sampo.core.consensus.simplex.ParentRule.Parent;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.View;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** P1 for leaders; N2 and N3 for voters. */
class ParentRuleTest {

  private final EngineProbe maker = EngineProbe.voter();
  private final Block genesis = maker.genesisBlock();
  private final Block first = maker.block(1, genesis, Fakes.transaction(1));
  private final Slots slots = new Slots();
  private final Chain chain = new Chain(genesis);
  private final ParentRule rule = new ParentRule();

  private ParentRule.Finding choose(long view, boolean unobtainable) {
    return rule.choose(View.of(view), slots, chain, hash -> unobtainable);
  }

  private void notarized(Block block) {
    slots.at(block.view()).notarize(maker.notarization(block));
  }

  private void nullified(long view) {
    slots.at(View.of(view)).nullify(maker.nullification(view));
  }

  @Test
  @DisplayName("P1, W7: genesis is the parent at first, without any certificate")
  void beginsWithGenesis() {
    assertThat(choose(1, false)).isEqualTo(new Parent(genesis, Optional.empty(), List.of()));
  }

  @Test
  @DisplayName("P1: the gap up to the view must be nullified")
  void needsTheGap() {
    nullified(2);
    assertThat(choose(3, false)).isEqualTo(new CertificatesMissing(View.ZERO));
    nullified(1);
    assertThat(choose(3, false))
        .isEqualTo(
            new Parent(
                genesis,
                Optional.empty(),
                List.of(maker.nullification(2), maker.nullification(1))));
  }

  @Test
  @DisplayName("P1, W20: a lower parent only if the block of the higher cannot be had")
  void takesALowerParentOnlyIfItMust() {
    notarized(first);
    nullified(1);
    assertThat(choose(2, false)).isEqualTo(new BlockMissing(View.of(1), first.hash()));
    assertThat(choose(2, true))
        .isEqualTo(new Parent(genesis, Optional.empty(), List.of(maker.nullification(1))));
  }

  @Test
  @DisplayName("P1: never past a notarized view that is not nullified")
  void neverSkipsANotarizedView() {
    notarized(first);
    assertThat(choose(2, true)).isEqualTo(new BlockMissing(View.of(1), first.hash()));
  }

  @Test
  @DisplayName("P1: of two views with both certificates the higher one is built upon")
  void prefersTheHigherParent() {
    chain.hold(first);
    notarized(first);
    nullified(1);
    assertThat(choose(2, false))
        .isEqualTo(new Parent(first, Optional.of(maker.notarization(first)), List.of()));
  }

  @Test
  @DisplayName("N1: a parent in the block's own view or a later one is unusable")
  void refusesAParentThatIsNotBelow() {
    var odd =
        maker.block(
            2,
            first,
            h ->
                new BlockHeader(
                    h.version(),
                    h.ledger(),
                    new BlockHeader.Position(
                        h.epoch(), h.view(), h.height(), h.parent(), View.of(Long.MAX_VALUE)),
                    h.time(),
                    h.proposer(),
                    h.type(),
                    h.content()));
    assertThat(rule.check(odd.header(), slots, chain)).isEqualTo(new ParentRule.Unusable());
  }
}
