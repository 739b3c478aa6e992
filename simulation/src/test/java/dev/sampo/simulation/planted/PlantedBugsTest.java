package dev.sampo.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The invariants are worth something only if they catch what is wrong (protocol 2.24). */
final class PlantedBugsTest {

  /** So many seeds beyond the recorded one, since a change elsewhere may shift what seeds mean. */
  private static final int WINDOW = 40;

  static Stream<String> ids() {
    return Catalogue.caught().stream().map(PlantedBug::id);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isCaught(String id) {
    var bug = find(id);

    var found = Search.from(bug, bug.seed(), WINDOW);

    assertThat(found).as("seeds %d to %d", bug.seed(), bug.seed() + WINDOW).isPresent();
    assertThat(found.orElseThrow().invariants()).containsAnyElementsOf(bug.catchers());
  }

  /** Otherwise a catch would say nothing about the bug. */
  @Test
  void isNotSeenInShippedMachines() {
    var shipped = new SeedRunner();
    for (var bug : Catalogue.caught()) {
      assertThat(shipped.apply(bug.seed(), bug.runs().encoded())).as(bug.id()).isEmpty();
    }
  }

  @Test
  void refusesAChangeThatNoLongerFits() {
    var edit = new Edit("core/block/Block", "there is no such text", "");

    assertThatThrownBy(() -> WeakenedMachines.with(List.of(edit)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("core/block/Block changed");
  }

  @Test
  void areAtLeastThirty() {
    List<String> ids = ids().toList();

    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
  }

  private static PlantedBug find(String id) {
    return Catalogue.caught().stream().filter(bug -> bug.id().equals(id)).findFirst().orElseThrow();
  }
}
