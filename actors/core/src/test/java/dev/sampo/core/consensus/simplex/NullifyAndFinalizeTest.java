package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.finalizes;
import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules Z1 to Z4, F, F1 and F2. */
class NullifyAndFinalizeTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("Z1: T_prop without a valid proposal nullifies the view")
  void nullifiesWithoutAProposal() {
    engine.work(true);
    engine.passMillis(666);
    assertThat(engine.votes()).isEmpty();
    engine.passMillis(2);
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("Z1: T_adv nullifies a view that was voted for but does not end")
  void nullifiesAViewThatDoesNotEnd() {
    engine.propose(first);
    engine.passMillis(999);
    assertThat(engine.votes()).containsExactly(notarize(first));
    engine.passMillis(2);
    assertThat(engine.votes()).containsExactly(notarize(first), nullify(1));
  }

  @Test
  @DisplayName("Z3: one record however many triggers fire")
  void nullifiesOnce() {
    engine.work(true);
    engine.pass(Duration.ofMillis(1100));
    engine.vote(engine.leader(1), nullify(1));
    assertThat(engine.promises()).containsExactly(new Promise.Stated(nullify(1)));
  }

  @Test
  @DisplayName("D2: a nullify is durable before it leaves")
  void nullifyIsDurableFirst() {
    engine.holdDisk();
    engine.vote(engine.leader(1), nullify(1));
    assertThat(engine.votes()).isEmpty();
    engine.releaseDisk();
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName(
      "Z4: in a standstill every view without a certificate below the own one is nullified")
  void repairsGapProofsItJumpedOver() {
    engine.certificates(engine.nullification(5));
    assertThat(engine.view()).isEqualTo(View.of(6));
    assertThat(engine.votes()).isEmpty();
    engine.pass(Duration.ofSeconds(5));
    assertThat(engine.votes())
        .contains(nullify(1), nullify(2), nullify(3), nullify(4))
        .doesNotContain(nullify(5));
  }

  @Test
  @DisplayName("Z4, W20: at most the lowest 64 views in a round")
  void repairsAFewGapsAtATime() {
    engine.certificates(engine.nullification(100));
    engine.pass(Duration.ofMillis(4100));
    var repaired = LongStream.rangeClosed(1, 64).mapToObj(EngineProbe::nullify).toList();
    assertThat(engine.votes()).containsAll(repaired).doesNotContain(nullify(65));
  }

  @Test
  @DisplayName("Z4: never a view that was voted final")
  void neverRepairsAFinalizedView() {
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).containsExactly(finalizes(first));
    engine.pass(Duration.ofSeconds(30));
    assertThat(engine.votes()).doesNotContain(nullify(1));
  }

  @Test
  @DisplayName("F: whoever holds the notarization finalizes, without having seen the block")
  void finalizesWithoutTheBlock() {
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).containsExactly(finalizes(first));
  }

  @Test
  @DisplayName("F, lemma 3: finalizes another block than it notarized, if that one is notarized")
  void finalizesWhatIsNotarized() {
    var twin = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    engine.propose(first);
    engine.certificates(engine.notarization(twin));
    assertThat(engine.votes()).containsExactly(notarize(first), finalizes(twin));
  }

  @Test
  @DisplayName("F: in past views too")
  void finalizesAPastView() {
    engine.certificates(engine.nullification(3));
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).containsExactly(finalizes(first));
  }

  @Test
  @DisplayName("F, D3: notarization and finalize are one group, durable first")
  void finalizeIsDurableFirst() {
    engine.holdDisk();
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).isEmpty();
    engine.releaseDisk();
    assertThat(engine.votes()).containsExactly(finalizes(first));
    assertThat(engine.promises())
        .containsExactly(
            new Promise.CertificateHeld(engine.notarization(first)),
            new Promise.Stated(finalizes(first)));
  }

  @Test
  @DisplayName("F: never after nullify")
  void neverFinalizesAfterNullify() {
    engine.vote(engine.leader(1), nullify(1));
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("F: not while the nullification is held")
  void doesNotFinalizeANullifiedView() {
    engine.certificates(engine.nullification(1));
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("F2: never votes at or below the final view")
  void neverVotesBelowTheFinalView() {
    var third = engine.block(3, engine.genesisBlock(), Fakes.transaction(3));
    engine.certificates(engine.finalization(third));
    engine.forget();
    engine.certificates(engine.notarization(first), engine.nullification(2));
    engine.propose(first);
    engine.pass(Duration.ofSeconds(30));
    assertThat(engine.votes())
        .allSatisfy(
            vote ->
                assertThat(Ballots.viewOf(vote))
                    .hasValueSatisfying(v -> assertThat(v.isAfter(View.of(3))).isTrue()));
  }
}
