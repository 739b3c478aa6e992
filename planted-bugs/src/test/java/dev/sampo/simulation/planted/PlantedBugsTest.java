package dev.sampo.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.planted.CatchTable.Catch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The invariants are worth something only if they catch what is wrong (protocol 2.24). */
@Order(1)
final class PlantedBugsTest {

  /** So many seeds beyond the recorded one, since a change elsewhere may shift what seeds mean. */
  private static final int WINDOW = 40;

  static Stream<Catch> catches() throws IOException {
    return CatchTable.read().values().stream();
  }

  @ParameterizedTest
  @MethodSource("catches")
  void isCaught(Catch recorded) {
    var bug = Catalogue.named(recorded.id());

    var found = Search.from(bug, recorded.seed(), WINDOW);

    assertThat(found).as("%d seeds from %d on", WINDOW, recorded.seed()).isPresent();
    assertThat(found.orElseThrow().invariants()).containsAnyElementsOf(recorded.invariants());
  }

  /** Otherwise a catch would say nothing about the bug. */
  @ParameterizedTest
  @MethodSource("catches")
  void isNotSeenInShippedMachines(Catch recorded) {
    var violated = Search.shipped(Catalogue.named(recorded.id()), recorded.seed());

    assertThat(violated).isEmpty();
  }

  @Test
  void refusesAChangeThatNoLongerFits() {
    var edit = new Edit("core/block/Block", "there is no such text", "");

    assertThatThrownBy(() -> WeakenedMachines.with(List.of(edit)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("core/block/Block changed");
  }

  @Test
  void aSearchOfSomeLeavesTheLinesOfTheOthers() throws IOException {
    var docs = CatchTable.docs();
    var first = Catalogue.all().getFirst();
    var line = CatchTable.line(first, new Catch(first.id(), List.of("I0"), 7));

    var replaced = CatchTable.replaced(docs, Map.of(first.id(), line));

    assertThat(replaced.lines()).contains(line.strip());
    assertThat(replaced.lines().filter(each -> !each.startsWith("| `" + first.id() + "`")))
        .containsExactlyElementsOf(
            docs.lines().filter(each -> !each.startsWith("| `" + first.id() + "`")).toList());
  }

  @Test
  void areAtLeastThirtyAndAllAreCaught() throws IOException {
    var ids = Catalogue.all().stream().map(PlantedBug::id).toList();

    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
    assertThat(CatchTable.ids()).containsExactlyElementsOf(ids);
    assertThat(CatchTable.read().keySet()).containsExactlyElementsOf(ids);
  }
}
