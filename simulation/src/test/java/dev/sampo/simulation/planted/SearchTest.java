package dev.sampo.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.planted.CatchTable.Catch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The slow search: every bug from seed 1 on, on all cores; writes the {@link CatchTable}. */
@EnabledIfSystemProperty(named = "sampo.planted.search", matches = "true")
final class SearchTest {

  private static final int SEEDS_MAX = 10_000;

  @Test
  void catchesEveryBug() throws Exception {
    var searches = new LinkedHashMap<PlantedBug, Future<Optional<Catch>>>();
    try (var cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (var bug : Catalogue.all()) {
        searches.put(bug, cores.submit(() -> Search.from(bug, 1, SEEDS_MAX)));
      }
    }

    var table = new StringBuilder();
    var needed = new ArrayList<Long>();
    List<String> missed = new ArrayList<>();
    for (var search : searches.entrySet()) {
      var bug = search.getKey();
      search
          .getValue()
          .get()
          .ifPresentOrElse(
              found -> {
                needed.add(found.seed());
                table.append(CatchTable.line(bug, found));
              },
              () -> {
                missed.add(bug.id());
                table.append(CatchTable.missed(bug, SEEDS_MAX));
              });
    }
    CatchTable.write(table.toString());

    needed.sort(Long::compareTo);
    assertThat(missed).isEmpty();
    assertThat(needed.get(needed.size() / 2)).as("median").isLessThanOrEqualTo(200);
  }
}
