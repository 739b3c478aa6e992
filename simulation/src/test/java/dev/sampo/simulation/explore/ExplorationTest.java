package dev.sampo.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.explore.ExplorationSettings.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped engine in every scenario of one round, and in a sample of three (2.20). */
@Tag("fault-28")
@Tag("fault-57")
class ExplorationTest {

  private static final int SAMPLED = 300;

  @ParameterizedTest
  @EnumSource(Family.class)
  @DisplayName("I1-I9, I11, Live2: one disturbed view, exhaustively")
  void staysSafeAndBecomesLive(Family family) {
    var result = Exploration.run(settings(family, 1, Share.WHOLE));
    assertThat(result.violations()).isEmpty();
    assertThat(result.covered()).isEqualTo(result.reduced()).isLessThan(result.enumerated());
    assertThat(result.run()).isPositive().isLessThanOrEqualTo(result.covered());
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  @DisplayName("I1-I9, I11, Live2: three disturbed views, sampled evenly")
  void staysSafeInEvenlyChosenScenarios(Family family) {
    long all = new Space(family, 3).size();
    int shares = (int) (all / (2 * SAMPLED));
    var result = Exploration.run(settings(family, 3, new Share(shares / 2, shares)));
    assertThat(result.violations()).isEmpty();
    assertThat(result.covered()).isGreaterThan(SAMPLED / 3);
  }

  @Test
  @DisplayName("shares are disjoint and cover everything")
  void sharesCoverEverything() {
    var run = new ArrayList<Long>();
    for (int part = 1; part <= 3; part++) {
      run.add(Exploration.run(settings(Family.TWINS, 1, new Share(part, 3))).covered());
    }
    var whole = Exploration.run(settings(Family.TWINS, 1, Share.WHOLE));
    assertThat(run.stream().mapToLong(Long::longValue).sum()).isEqualTo(whole.covered());
  }

  @Test
  @DisplayName("the same scenarios take the same number of events")
  void isDeterministic() {
    var settings = settings(Family.TWINS_AND_CRASH, 1, new Share(1, 5));
    assertThat(Exploration.run(settings).events()).isEqualTo(Exploration.run(settings).events());
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  @DisplayName("a scenario's line reads back as the scenario")
  void readsBackWhatItPrints(Family family) {
    var space = new Space(family, 3);
    LongStream.range(0, 500)
        .map(i -> i * (space.size() / 500))
        .mapToObj(space::scenario)
        .forEach(scenario -> assertThat(Scenario.parse(scenario.line())).isEqualTo(scenario));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "twins5 .",
        "twins1 ab|cd",
        "twins1 ab|cdd|e",
        "twins1 ab|cde:gossip",
        "alone1 !f1+",
        "twins1 !c0-",
        "twins1 a>ab,b>e",
        "twins1 a>c",
        "twins1 ab/cd:notarize",
        "twins1 ab/cde",
        "trins1 .",
        "twins1 . . . ."
      })
  @DisplayName("a line that is no scenario is refused")
  void refusesWhatIsNoScenario(String line) {
    assertThatThrownBy(() -> Scenario.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"TWINS,1,134", "TWINS,2,13467", "LOSSES,1,152", "LOSSES,3,1755904", "CRASH,1,904"})
  @DisplayName("counts before reduction")
  void countsWhatItEnumerates(Family family, int rounds, long size) {
    assertThat(new Space(family, rounds).size()).isEqualTo(size);
  }

  private static ExplorationSettings settings(Family family, int rounds, Share share) {
    return new ExplorationSettings(List.of(family), rounds, share, 0, 1);
  }
}
