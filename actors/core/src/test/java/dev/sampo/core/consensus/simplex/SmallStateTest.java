package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Slots, needs and the latency estimate: what they remember, and up to which bound. */
class SmallStateTest {

  @Test
  void aSlotRemembersItsTimesAndItsOwnProposal() {
    var slot = new Slot(View.of(3));
    assertThat(slot.enteredAt()).isEmpty();
    slot.enter(5);
    slot.leave(9);
    var block = Sha256.hash(new byte[] {1});
    slot.record(new Statement.Propose(Epoch.ZERO, View.of(3), block));
    assertThat(slot.enteredAt()).contains(5L);
    assertThat(slot.leftAt()).contains(9L);
    assertThat(slot.ownProposal()).contains(block);
  }

  @Test
  void aSecondProposalIsNotedOnce() {
    var slot = new Slot(View.of(3));
    assertThat(slot.noteSecondProposal()).isTrue();
    assertThat(slot.noteSecondProposal()).isFalse();
  }

  @Test
  @DisplayName("SY1: at most sixteen blocks are asked for at a time")
  void needsAreBoundedAndForgotten() {
    var needs = new Needs();
    for (int i = 0; i < Needs.BLOCKS_MAX + 1; i++) {
      needs.block(Sha256.hash(new byte[] {(byte) i}), List.of());
    }
    assertThat(needs.blocks()).hasSize(Needs.BLOCKS_MAX);
    needs.clear();
    assertThat(needs.isEmpty()).isTrue();
  }

  @Test
  void whatAVoteWaitsForIsAskedForAfterHalfAView() {
    var latency = new LatencyEstimate();
    latency.sample(Duration.ofMillis(40).toNanos());
    assertThat(latency.askAfter()).isEqualTo(Duration.ofMillis(20).toNanos());
    assertThat(latency.push()).isEqualTo(Duration.ofMillis(160).toNanos());
  }
}
