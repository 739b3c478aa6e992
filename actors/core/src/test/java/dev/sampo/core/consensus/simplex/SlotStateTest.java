package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.types.Hash;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The automaton of 2.3, which lemmas 1 and 2 rest on. */
class SlotStateTest {

  private static final Hash A = Fixtures.hash(1);
  private static final Hash B = Fixtures.hash(2);
  private static final SlotState IDLE = new SlotState.Idle();

  @Test
  @DisplayName("2.3: the allowed transitions")
  void allowsWhatTheSpecificationLists() {
    assertThat(IDLE.notarize(A)).isEqualTo(new SlotState.Notarized(A));
    assertThat(IDLE.nullify()).isEqualTo(new SlotState.Nullified());
    assertThat(IDLE.notarize(A).nullify()).isEqualTo(new SlotState.NotarizedNullified(A));
    assertThat(IDLE.finalizeBlock(A)).isEqualTo(new SlotState.Finalized(A));
    assertThat(IDLE.notarize(A).finalizeBlock(B)).isEqualTo(new SlotState.Finalized(B));
  }

  @Test
  @DisplayName("2.3: what may be said is what the transitions allow")
  void saysWhatItAllows() {
    assertThat(IDLE.mayNotarize()).isTrue();
    for (var state : List.of(IDLE, IDLE.notarize(A))) {
      assertThat(state.mayNullify()).isTrue();
      assertThat(state.mayFinalize()).isTrue();
    }
  }

  @Test
  @DisplayName("N7, P6: one notarize vote per view, none after nullify or finalize")
  void neverNotarizesLater() {
    for (var state : later()) {
      assertThat(state.mayNotarize()).isFalse();
      assertThatThrownBy(() -> state.notarize(B)).isInstanceOf(InvariantViolation.class);
    }
  }

  @Test
  @DisplayName("Z2, Z3: never nullifies twice or after finalize")
  void neverNullifiesTwiceOrAfterFinalize() {
    for (var state : List.of(IDLE.nullify(), IDLE.notarize(A).nullify(), IDLE.finalizeBlock(A))) {
      assertThat(state.mayNullify()).isFalse();
      assertThatThrownBy(state::nullify).isInstanceOf(InvariantViolation.class);
    }
  }

  @Test
  @DisplayName("F, lemma 2: never finalizes after nullify, nor twice")
  void neverFinalizesAfterNullify() {
    for (var state : List.of(IDLE.nullify(), IDLE.notarize(A).nullify(), IDLE.finalizeBlock(A))) {
      assertThat(state.mayFinalize()).isFalse();
      assertThatThrownBy(() -> state.finalizeBlock(A)).isInstanceOf(InvariantViolation.class);
    }
  }

  private static List<SlotState> later() {
    return List.of(
        IDLE.notarize(A), IDLE.nullify(), IDLE.notarize(A).nullify(), IDLE.finalizeBlock(A));
  }
}
