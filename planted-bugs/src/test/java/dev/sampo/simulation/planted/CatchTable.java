package dev.sampo.simulation.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which seed shows which planted bug, and by which invariants: the table in the docs, written by
 * {@link SearchTest} and read by {@link PlantedBugsTest}, so that neither can say what is not so.
 */
final class CatchTable {

  /**
   * One line of the table.
   *
   * @param seed the first from 1 on, so that it is also the number of seeds that were needed
   */
  record Catch(String id, List<String> invariants, long seed) {
    Catch {
      invariants = List.copyOf(invariants);
    }
  }

  private static final Path DOCS = Path.of("../docs/testing.md");
  private static final String BEGIN = "<!-- planted bugs: written by SearchTest -->\n";
  private static final String END = "<!-- planted bugs: end -->\n";
  private static final Pattern LINE =
      Pattern.compile("\\| `([a-z-]+)`: [^|]* \\| [^|]* \\| ([^|]+) \\| (\\d+) \\| [^|]* \\|");

  private static final Pattern ANY_LINE = Pattern.compile("\\| `([a-z-]+)`: [^\n]*\\|");

  private CatchTable() {}

  static String docs() throws IOException {
    return Files.readString(DOCS, StandardCharsets.UTF_8);
  }

  /** All bugs of the table, also those that no seed has shown. */
  static List<String> ids() throws IOException {
    return ANY_LINE.matcher(docs()).results().map(line -> line.group(1)).toList();
  }

  static Map<String, Catch> read() throws IOException {
    var catches = new LinkedHashMap<String, Catch>();
    var lines = LINE.matcher(docs());
    while (lines.find()) {
      var invariants = Arrays.asList(lines.group(2).split(", ", -1));
      var id = lines.group(1);
      catches.put(id, new Catch(id, invariants, Long.parseLong(lines.group(3))));
    }
    return catches;
  }

  static String line(PlantedBug bug, Catch found) {
    return line(bug, String.join(", ", found.invariants()), Long.toString(found.seed()));
  }

  static String missed(PlantedBug bug, long seeds) {
    return line(bug, "none yet", "> " + seeds);
  }

  private static String line(PlantedBug bug, String invariants, String seeds) {
    return "| `%s`: %s | %s | %s | %s | %s |\n"
        .formatted(bug.id(), bug.title(), bug.rule(), invariants, seeds, bug.runs());
  }

  static void write(Map<String, String> lines) throws IOException {
    var docs = docs();
    Files.writeString(DOCS, replaced(docs, lines), StandardCharsets.UTF_8);
  }

  /** {@code docs} with these lines, by the ids of their bugs; those of others stay as they are. */
  static String replaced(String docs, Map<String, String> lines) {
    int begin = docs.indexOf(BEGIN) + BEGIN.length();
    int end = docs.indexOf(END);
    var table = new LinkedHashMap<String, String>();
    Catalogue.all().forEach(bug -> table.put(bug.id(), ""));
    ANY_LINE
        .matcher(docs)
        .results()
        .forEach(line -> table.replace(line.group(1), line.group() + "\n"));
    table.putAll(lines);
    var head = "| bug | rule | caught by | seeds | runs |\n|--|--|--|--|--|\n";
    return docs.substring(0, begin) + head + String.join("", table.values()) + docs.substring(end);
  }
}
