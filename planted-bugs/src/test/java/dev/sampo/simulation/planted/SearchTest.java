package dev.sampo.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.planted.CatchTable.Catch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The slow search: every bug, or those that {@code sampo.planted.bugs} names, from seed 1 on and on
 * all cores; writes the {@link CatchTable}.
 */
@EnabledIfSystemProperty(named = "sampo.planted.search", matches = "true")
final class SearchTest {

  private static final int SEEDS_MAX = 10_000;

  private static List<PlantedBug> searched() {
    var named = System.getProperty("sampo.planted.bugs", "");
    return named.isEmpty()
        ? Catalogue.all()
        : Arrays.stream(named.split(",", -1)).map(Catalogue::named).toList();
  }

  @Test
  void catchesEveryBug() throws Exception {
    var searches = new LinkedHashMap<PlantedBug, Future<Optional<Catch>>>();
    try (var cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (var bug : searched()) {
        searches.put(bug, cores.submit(() -> Search.from(bug, 1, SEEDS_MAX)));
      }
    }

    var lines = new LinkedHashMap<String, String>();
    List<String> missed = new ArrayList<>();
    for (var search : searches.entrySet()) {
      var bug = search.getKey();
      search
          .getValue()
          .get()
          .ifPresentOrElse(
              found -> lines.put(bug.id(), CatchTable.line(bug, found)),
              () -> {
                missed.add(bug.id());
                lines.put(bug.id(), CatchTable.missed(bug, SEEDS_MAX));
              });
    }
    CatchTable.write(lines);

    var needed = CatchTable.read().values().stream().map(Catch::seed).sorted().toList();
    assertThat(missed).isEmpty();
    assertThat(needed.get(needed.size() / 2)).as("median").isLessThanOrEqualTo(200);
  }
}
