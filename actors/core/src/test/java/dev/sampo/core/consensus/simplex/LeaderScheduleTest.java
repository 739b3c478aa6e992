package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 2.1, W13: who leads which view. */
class LeaderScheduleTest {

  private static final LedgerId LEDGER = new LedgerId(Bytes.fromHex("11".repeat(32)));

  @Test
  @DisplayName("W13: each validator leads once in n views, for every size")
  void isAPermutation() {
    for (int n = 1; n <= 128; n++) {
      var schedule = LeaderSchedule.of(LEDGER, Epoch.ZERO, Fixtures.hash(n), n);
      assertThat(schedule.turns()).hasSize(n).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("W13: views take turns, L = 1")
  void takesTurns() {
    var schedule = LeaderSchedule.of(LEDGER, Epoch.ZERO, Fixtures.hash(0), 5);
    var first = LongStream.rangeClosed(1, 5).mapToObj(v -> schedule.leader(View.of(v))).toList();
    var second = LongStream.rangeClosed(6, 10).mapToObj(v -> schedule.leader(View.of(v))).toList();
    assertThat(first).isEqualTo(schedule.turns()).isEqualTo(second);
  }

  @Test
  @DisplayName("W13: the order is a consensus rule and must never change")
  void isPinned() {
    var schedule = LeaderSchedule.of(LEDGER, Epoch.of(7), Fixtures.hash(0), 7);
    assertThat(schedule.turns().stream().map(ValidatorIndex::number)).containsExactly(PINNED);
  }

  @Test
  @DisplayName("W13: epochs, ledgers and validator sets have orders of their own")
  void dependsOnEpochLedgerAndSet() {
    var order = LeaderSchedule.of(LEDGER, Epoch.ZERO, Fixtures.hash(0), 64);
    var other = new LedgerId(Bytes.fromHex("22".repeat(32)));
    assertThat(order).isNotEqualTo(LeaderSchedule.of(LEDGER, Epoch.of(1), Fixtures.hash(0), 64));
    assertThat(order).isNotEqualTo(LeaderSchedule.of(LEDGER, Epoch.ZERO, Fixtures.hash(1), 64));
    assertThat(order).isNotEqualTo(LeaderSchedule.of(other, Epoch.ZERO, Fixtures.hash(0), 64));
  }

  @Test
  @DisplayName("C3: distance from the leader wraps around")
  void measuresDistanceFromTheLeader() {
    var committee = Committee.of(Fakes.genesis(4), ValidatorIndex.of(0));
    int leader = committee.leader(View.of(1)).number();
    var after = ValidatorIndex.of((leader + 1) % 4);
    assertThat(committee.distanceFromLeader(after, View.of(1))).isEqualTo(1);
    assertThat(committee.distanceFromLeader(ValidatorIndex.of(leader), View.of(1))).isZero();
  }

  private static final Integer[] PINNED = {1, 3, 2, 6, 0, 4, 5};
}
