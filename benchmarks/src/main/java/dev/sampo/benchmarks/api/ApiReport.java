package dev.sampo.benchmarks.api;

import dev.sampo.cluster.console.TextTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer of {@code bench api}; its JSON form is a contract. */
public record ApiReport(ApiPlan plan, List<Row> rows, int cores) {

  /** What the source article says: quoted, not measured here. */
  private record Quoted(String what, int millis, int perSecond) {}

  private static final List<Quoted> QUOTED =
      List.of(new Quoted("gRPC", 18, 3_500), new Quoted("REST", 45, 1_200));

  /**
   * One request by one API.
   *
   * @param client CPU time of the client while it was measured
   * @param servers CPU time of all validators meanwhile
   */
  record Row(
      String request, String api, ClosedLoop.Result result, Duration client, Duration servers) {

    long answered() {
      return result.latencyMicros().getTotalCount();
    }

    /** The figures by their names in the answer, in its order; an answer is needed for most. */
    Map<String, Double> figures() {
      var figures = new LinkedHashMap<String, Double>();
      double answered = answered();
      figures.put("requests_per_second", answered * 1e9 / result.elapsed().toNanos());
      figures.put("p50_ms", result.latencyMicros().getValueAtPercentile(50) / 1e3);
      figures.put("p99_ms", result.latencyMicros().getValueAtPercentile(99) / 1e3);
      figures.put("cpu_us_per_request_client", client.toNanos() / 1e3 / answered);
      figures.put("cpu_us_per_request_servers", servers.toNanos() / 1e3 / answered);
      figures.values().removeIf(value -> !Double.isFinite(value));
      return figures;
    }
  }

  public ApiReport {
    rows = List.copyOf(rows);
  }

  /** Whether every request of every row was answered as it should. */
  public boolean isGood() {
    return rows.stream().allMatch(row -> row.answered() > 0 && row.result().failed() == 0);
  }

  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("cores", cores);
    json.put("in_flight", plan.inFlight());
    json.put("warm_up_seconds", plan.warmUp().toMillis() / 1e3);
    json.put("seconds", plan.duration().toMillis() / 1e3);
    json.put("rows", rows.stream().map(ApiReport::json).toList());
    json.put(
        "quoted",
        QUOTED.stream()
            .map(
                each ->
                    Map.of(
                        "what", each.what(),
                        "ms", each.millis(),
                        "requests_per_second", each.perSecond()))
            .toList());
    return json;
  }

  private static Map<String, Object> json(Row row) {
    var json = new LinkedHashMap<String, Object>();
    json.put("request", row.request());
    json.put("api", row.api());
    json.put("answered", row.answered());
    json.put("failed", row.result().failed());
    row.figures().forEach((name, value) -> json.put(name, Math.round(value * 100) / 100.0));
    row.result().problem().ifPresent(problem -> json.put("problem", problem));
    return json;
  }

  public String text() {
    var table =
        new TextTable(
            "request", "by", "per second", "p50 ms", "p99 ms", "client us", "servers us", "failed");
    for (var row : rows) {
      var figures = row.figures();
      table.row(
          row.request(),
          row.api(),
          shown(figures, "requests_per_second"),
          shown(figures, "p50_ms"),
          shown(figures, "p99_ms"),
          shown(figures, "cpu_us_per_request_client"),
          shown(figures, "cpu_us_per_request_servers"),
          Long.toString(row.result().failed()));
    }
    for (var quoted : QUOTED) {
      table.row(
          "quoted",
          quoted.what(),
          Integer.toString(quoted.perSecond()),
          Integer.toString(quoted.millis()),
          "-",
          "-",
          "-",
          "-");
    }
    var problems =
        rows.stream()
            .flatMap(row -> row.result().problem().stream())
            .map(problem -> "\nfailed: " + problem)
            .collect(Collectors.joining());
    return "%d requests at a time for %s, CPU microseconds for each, on %d cores%n%s%s"
        .formatted(plan.inFlight(), plan.duration(), cores, table, problems);
  }

  private static String shown(Map<String, Double> figures, String name) {
    var value = figures.get(name);
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
