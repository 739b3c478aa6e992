package dev.sampo.benchmarks.mailbox;

import dev.sampo.cluster.console.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The answer of {@code bench mailbox}; its JSON form is a contract. */
public record MailboxReport(MailboxPlan plan, List<Row> rows, int cores) {

  /**
   * What the source article says of threads under Linux: quoted, not measured here.
   *
   * @param micros until a thread that was woken up runs
   */
  private record Quoted(String what, int micros) {}

  private static final List<Quoted> QUOTED =
      List.of(new Quoted("CFS", 85), new Quoted("SCHED_FIFO", 12), new Quoted("a pinned core", 6));

  /**
   * One pair of actors.
   *
   * @param busy whether another pair never rested meanwhile
   */
  record Row(String threads, boolean busy, Latencies latencies) {}

  public MailboxReport {
    rows = List.copyOf(rows);
  }

  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("cores", cores);
    json.put("messages", plan.messages());
    json.put("pause_us", plan.pause().toNanos() / 1_000);
    json.put("rows", rows.stream().map(MailboxReport::json).toList());
    json.put(
        "quoted",
        QUOTED.stream().map(each -> Map.of("what", each.what(), "us", each.micros())).toList());
    return json;
  }

  private static Map<String, Object> json(Row row) {
    var json = new LinkedHashMap<String, Object>();
    json.put("dispatcher", row.threads());
    json.put("busy_pair", row.busy());
    json.put("one_way_us", json(row.latencies().oneWay()));
    json.put("round_trip_us", json(row.latencies().roundTrip()));
    return json;
  }

  private static Map<String, Object> json(Histogram nanos) {
    var json = new LinkedHashMap<String, Object>();
    json.put("p50", micros(nanos, 50));
    json.put("p99", micros(nanos, 99));
    json.put("max", micros(nanos, 100));
    return json;
  }

  public String text() {
    var table =
        new TextTable(
            "dispatcher",
            "other pair",
            "one way p50",
            "p99",
            "max",
            "round trip p50",
            "p99",
            "max");
    for (var row : rows) {
      var oneWay = row.latencies().oneWay();
      var roundTrip = row.latencies().roundTrip();
      table.row(
          row.threads(),
          row.busy() ? "busy" : "none",
          shown(oneWay, 50),
          shown(oneWay, 99),
          shown(oneWay, 100),
          shown(roundTrip, 50),
          shown(roundTrip, 99),
          shown(roundTrip, 100));
    }
    for (var quoted : QUOTED) {
      table.row(
          "quoted: " + quoted.what(),
          "-",
          Integer.toString(quoted.micros()),
          "-",
          "-",
          "-",
          "-",
          "-");
    }
    return "microseconds, %d messages in each row, one every %d us, on %d cores%n%s"
        .formatted(plan.messages(), plan.pause().toNanos() / 1_000, cores, table);
  }

  private static String shown(Histogram nanos, double percentile) {
    return String.format(Locale.ROOT, "%.1f", micros(nanos, percentile));
  }

  private static double micros(Histogram nanos, double percentile) {
    return Math.round(nanos.getValueAtPercentile(percentile) / 100.0) / 10.0;
  }
}
