package dev.sampo.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The slow search: every bug from seed 1 on, written as a table for the docs to {@code
 * target/planted-bugs.md}.
 */
@EnabledIfSystemProperty(named = "sampo.planted.search", matches = "true")
final class SearchTest {

  private static final int SEEDS_MAX = 10_000;

  @Test
  void catchesEveryBug() throws Exception {
    var table = new StringBuilder("| Bug | Rule | Invariants | Seeds | Runs |\n");
    table.append("|---|---|---|---|---|\n");
    var needed = new ArrayList<Long>();
    List<String> missed = new ArrayList<>();
    for (var bug : Catalogue.all()) {
      var found = Search.from(bug, 1, SEEDS_MAX);
      found.ifPresent(seed -> needed.add(seed.seed()));
      if (found.isEmpty()) {
        missed.add(bug.id());
      }
      table.append(
          "| `%s`: %s | %s | %s | %s | %s |%n"
              .formatted(
                  bug.id(),
                  bug.title(),
                  bug.rule(),
                  found.map(seed -> String.join(", ", seed.invariants())).orElse("none"),
                  found.map(seed -> String.valueOf(seed.seed())).orElse("> " + SEEDS_MAX),
                  bug.runs()));
    }
    needed.sort(Long::compareTo);
    Files.writeString(Path.of("target/planted-bugs.md"), table, StandardCharsets.UTF_8);

    assertThat(missed).isEmpty();
    assertThat(needed.get(needed.size() / 2)).as("median").isLessThanOrEqualTo(200);
  }
}
