package dev.sampo.benchmarks.footprint;

import dev.sampo.cluster.console.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer of {@code bench footprint}; its JSON form is a contract. */
public record FootprintReport(List<Row> rows, int cores) {

  /** What the source article says: quoted, not measured here. */
  private record Quoted(String what, long bytes) {}

  private static final List<Quoted> QUOTED =
      List.of(new Quoted("goroutine", 2_048), new Quoted("thread", 2 << 20));

  /**
   * One kind.
   *
   * @param heapBytes on the heap for each
   * @param otherBytes for each by which the process grew outside of the heap
   * @param perSecond how many were made and had begun in a second
   */
  record Row(String kind, int count, double heapBytes, double otherBytes, double perSecond) {}

  public FootprintReport {
    rows = List.copyOf(rows);
  }

  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("cores", cores);
    json.put("rows", rows.stream().map(FootprintReport::json).toList());
    json.put(
        "quoted",
        QUOTED.stream().map(each -> Map.of("what", each.what(), "bytes", each.bytes())).toList());
    return json;
  }

  private static Map<String, Object> json(Row row) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", row.kind());
    json.put("count", row.count());
    json.put("heap_bytes", Math.round(row.heapBytes()));
    json.put("other_bytes", Math.round(row.otherBytes()));
    json.put("per_second", Math.round(row.perSecond()));
    return json;
  }

  public String text() {
    var table = new TextTable("idle", "count", "heap bytes each", "other bytes each", "per second");
    for (var row : rows) {
      table.row(
          row.kind(),
          Integer.toString(row.count()),
          shown(row.heapBytes()),
          shown(row.otherBytes()),
          shown(row.perSecond()));
    }
    for (var quoted : QUOTED) {
      table.row("quoted: " + quoted.what(), "-", Long.toString(quoted.bytes()), "-", "-");
    }
    return "bytes of memory for each, on %d cores%n%s".formatted(cores, table);
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
