package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** X11: where validators attest, N1 includes the signatures of what a block carries inline. */
class AttestedProposalTest {

  private final EngineProbe engine =
      EngineProbe.voter(LedgerParameters.DEFAULT.withVerification(Verification.ATTESTED));
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("X11, N1: a vote waits for the verdict on the inline section, asked for once")
  void waitsForTheVerdict() {
    engine.propose(first);
    engine.work(true);
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.effects(Effect.VerifyInline.class))
        .containsExactly(new Effect.VerifyInline(first));

    engine.step(new Input.InlineJudged(View.of(1), first.hash(), true));

    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("X11, N5: an invalid signature nullifies the view and is evidence")
  void refusesAForgery() {
    engine.propose(first);
    engine.step(new Input.InlineJudged(View.of(1), first.hash(), false));
    assertThat(engine.votes()).containsExactly(new Statement.Nullify(Epoch.ZERO, View.of(1)));
    assertThat(engine.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            Evidence.InvalidProposal.class,
            evidence -> assertThat(evidence.culprit()).isEqualTo(engine.leader(1)));
  }

  @Test
  @DisplayName("X11: a block without inline transactions needs no verdict")
  void asksNothingAboutAnEmptyBlock() {
    var empty = engine.block(1, engine.genesisBlock());
    engine.propose(empty);
    assertThat(engine.votes()).containsExactly(notarize(empty));
    assertThat(engine.effects(Effect.VerifyInline.class)).isEmpty();
  }

  @Test
  @DisplayName("X11: a verdict on another block of the view is none")
  void needsTheVerdictOnThisBlock() {
    engine.propose(first);
    engine.step(new Input.InlineJudged(View.of(1), Hash.ZERO, true));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("X11: a forgery that becomes final halts the node before it is executed")
  void haltsOnAFinalForgery() {
    engine.propose(first);
    engine.step(new Input.InlineJudged(View.of(1), first.hash(), false));
    engine.certificates(engine.finalization(first));
    assertThat(engine.isHalted()).isTrue();
    assertThat(engine.finalized()).isEmpty();
  }

  @Test
  @DisplayName("X11: where each validator checks when it executes, nothing is asked")
  void asksNothingElsewhere() {
    var usual = EngineProbe.voter();
    var block = usual.block(1, usual.genesisBlock(), Fakes.transaction(1));
    usual.propose(block);
    assertThat(usual.votes()).containsExactly(notarize(block));
    assertThat(usual.effects(Effect.VerifyInline.class)).isEmpty();
  }

  private static Statement notarize(Block block) {
    return new Statement.Notarize(Epoch.ZERO, block.view(), block.hash());
  }
}
