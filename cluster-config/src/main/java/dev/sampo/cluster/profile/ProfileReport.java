package dev.sampo.cluster.profile;

import dev.sampo.cluster.console.TextTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Where the time of a validator went while it was recorded. */
public final class ProfileReport {

  private static final double MEDIAN = 50;
  private static final double RARE = 99;

  private final Flight flight;
  private final FlightSummary summary;
  private final Map<Stage, Duration> cpu = new EnumMap<>(Stage.class);

  private ProfileReport(Flight flight, FlightSummary summary) {
    this.flight = flight;
    this.summary = summary;
    cpu.putAll(summary.cpu());
    var rest = flight.cpu().minus(total());
    if (rest.isPositive()) {
      cpu.put(Stage.OUTSIDE_JAVA, rest);
    }
  }

  public static ProfileReport of(Flight flight) throws IOException {
    return new ProfileReport(flight, FlightSummary.read(flight));
  }

  /** For programs; stable. */
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("file", flight.file().toString());
    json.put("seconds", rounded(flight.time().toMillis() / 1e3));
    json.put("transactions", summary.transactions());
    json.put("cpu_ms", total().toMillis());
    json.put("gc_pause_ms", summary.pauses().toMillis());
    json.put("stages", stages().stream().map(this::json).toList());
    var steps = new ArrayList<Map<String, Object>>();
    summary.steps().forEach((kind, micros) -> steps.add(json(kind, micros)));
    json.put("steps", steps);
    return json;
  }

  private Map<String, Object> json(Stage stage) {
    var json = new LinkedHashMap<String, Object>();
    json.put("stage", stage.label());
    json.put("cpu_ms", of(stage).toMillis());
    json.put("share", rounded(share(stage)));
    json.put("cpu_us_per_transaction", rounded(perTransaction(stage)));
    return json;
  }

  private static Map<String, Object> json(String kind, Histogram micros) {
    var json = new LinkedHashMap<String, Object>();
    json.put("step", kind);
    json.put("count", micros.getTotalCount());
    json.put("p50_us", micros.getValueAtPercentile(MEDIAN));
    json.put("p99_us", micros.getValueAtPercentile(RARE));
    json.put("max_us", micros.getMaxValue());
    return json;
  }

  /** For people. */
  public String text() {
    var stages = new TextTable("stage", "CPU ms", "share", "us per transaction");
    for (var stage : stages()) {
      stages.row(
          stage.label(),
          Long.toString(of(stage).toMillis()),
          shown(share(stage) * 100) + " %",
          shown(perTransaction(stage)));
    }
    var steps = new TextTable("step", "count", "p50 us", "p99 us", "max us");
    summary
        .steps()
        .forEach(
            (kind, micros) ->
                steps.row(
                    kind,
                    Long.toString(micros.getTotalCount()),
                    Long.toString(micros.getValueAtPercentile(MEDIAN)),
                    Long.toString(micros.getValueAtPercentile(RARE)),
                    Long.toString(micros.getMaxValue())));
    return """
    %s s, %d transactions, %d ms of CPU, stopped %d ms by the collector

    %s

    %s

    the recording, for JDK Mission Control or 'jfr': %s\
    """
        .formatted(
            shown(flight.time().toMillis() / 1e3),
            summary.transactions(),
            total().toMillis(),
            summary.pauses().toMillis(),
            stages,
            steps,
            flight.file());
  }

  private List<Stage> stages() {
    var stages = new ArrayList<>(cpu.keySet());
    stages.sort((one, other) -> of(other).compareTo(of(one)));
    return stages;
  }

  private Duration of(Stage stage) {
    return cpu.getOrDefault(stage, Duration.ZERO);
  }

  private Duration total() {
    return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private double share(Stage stage) {
    return of(stage).toNanos() / (double) Math.max(1, total().toNanos());
  }

  private double perTransaction(Stage stage) {
    return of(stage).toNanos() / 1e3 / Math.max(1, summary.transactions());
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
