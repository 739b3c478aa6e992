package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a client hands its transaction to another node (protocol L8). */
class PatienceTest {

  private final Patience patience = new Patience();

  private void decide(int times, long millis) {
    IntStream.range(0, times).forEach(_ -> patience.decided(Duration.ofMillis(millis)));
  }

  @Test
  void isTheLongestBeforeAnythingIsKnown() {
    assertThat(patience.forRound(1)).isEqualTo(Patience.MAX);
  }

  @Test
  void followsTheTimeThatTransactionsTakeWithinItsBounds() {
    decide(100, 400);
    assertThat(patience.forRound(1)).isBetween(Duration.ofMillis(399), Duration.ofMillis(410));
    decide(100, 1);
    assertThat(patience.forRound(1)).isEqualTo(Patience.MIN);
    decide(100, 60_000);
    assertThat(patience.forRound(1)).isEqualTo(Patience.MAX);
  }

  @Test
  void allowsForTimesThatDiffer() {
    for (int i = 0; i < 100; i++) {
      decide(1, i % 2 == 0 ? 200 : 600);
    }
    assertThat(patience.forRound(1)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void doublesWithEachRoundOfATransaction() {
    decide(100, 400);
    var first = patience.forRound(1);
    assertThat(patience.forRound(2)).isEqualTo(first.multipliedBy(2));
    assertThat(patience.forRound(3)).isEqualTo(first.multipliedBy(4));
    assertThat(patience.forRound(30)).isEqualTo(Patience.MAX);
  }

  @Test
  void handsNoMoreOnThanItsBudgetAllows() {
    for (int i = 0; i < Patience.BUDGET_MAX; i++) {
      assertThat(patience.takeTurn()).isTrue();
    }
    assertThat(patience.takeTurn()).isFalse();
    decide(Patience.DECISIONS_FOR_ONE - 1, 400);
    assertThat(patience.takeTurn()).isFalse();
    decide(1, 400);
    assertThat(patience.takeTurn()).isTrue();
    assertThat(patience.takeTurn()).isFalse();
  }
}
