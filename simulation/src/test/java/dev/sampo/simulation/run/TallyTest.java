package dev.sampo.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TallyTest {

  @Test
  void saysTheSameInWhateverOrderRunsEnd() {
    var inOrder = tally(run(5, 11), run(6, 12), run(7, 13));
    var another = tally(run(7, 13), run(5, 11), run(6, 12));

    assertThat(another.eventHash()).isEqualTo(inOrder.eventHash());
    assertThat(another.sometimes()).isEqualTo(inOrder.sometimes());
    assertThat(another.commits()).isEqualTo(30);
  }

  @Test
  void hearsWhenTwoSeedsChangePlaces() {
    assertThat(tally(run(5, 12), run(6, 11)).eventHash())
        .isNotEqualTo(tally(run(5, 11), run(6, 12)).eventHash());
  }

  @Test
  void namesTheBranchesThatNoRunTook() {
    assertThat(tally(run(5, 1), run(6, 2)).never()).containsExactly("never taken");
  }

  @Test
  void keepsTheLowestSeedsWithViolations() {
    var tally = new Tally(1);
    for (long seed = 3 * Tally.VIOLATING_MAX; seed >= 1; seed--) {
      tally.add(broken(seed));
    }

    assertThat(tally.violations()).isEqualTo(3 * Tally.VIOLATING_MAX);
    assertThat(tally.violating()).hasSize(Tally.VIOLATING_MAX);
    assertThat(tally.violating().getFirst().settings().seed()).isEqualTo(1);
  }

  @Test
  void countsNoSeedTwice() {
    var tally = tally(run(5, 1), run(7, 2));

    assertThatThrownBy(() -> tally.add(run(5, 1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tally.add(run(7, 2))).isInstanceOf(IllegalArgumentException.class);
  }

  private static Tally tally(RunResult... runs) {
    var tally = new Tally(5);
    for (var run : runs) {
      tally.add(run);
    }
    return tally;
  }

  private static RunResult run(long seed, long hash) {
    return result(seed, hash, List.of());
  }

  private static RunResult broken(long seed) {
    return result(seed, seed, List.of(new Violation("I1", "planted", Duration.ZERO, 1)));
  }

  private static RunResult result(long seed, long hash, List<Violation> violations) {
    var sometimes = new TreeMap<String, Long>();
    sometimes.put("taken", seed);
    sometimes.put("never taken", 0L);
    return new RunResult(
        SimulationSettings.of(seed),
        FaultSchedule.NONE,
        violations,
        10,
        Duration.ofSeconds(3),
        100,
        hash,
        sometimes);
  }
}
