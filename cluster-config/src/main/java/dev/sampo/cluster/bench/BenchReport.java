package dev.sampo.cluster.bench;

import dev.sampo.cluster.console.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answer of {@code bench}: of each figure the median of the windows, and the windows; its JSON
 * form is a contract.
 *
 * @param pauses how long collectors stopped the validators, from the first window to the last
 */
record BenchReport(
    BenchPlan plan,
    Setting setting,
    List<BenchWindow> windows,
    Map<String, Double> pauses,
    long residentMebibytesMax) {

  /**
   * What was measured.
   *
   * @param engine of the first ledger
   * @param ledgers how many take the load in turn
   * @param verifier what checks the signatures
   * @param collector of the validators' memory
   * @param cores of the machine, shared by the validators and the client
   */
  record Setting(
      int validators, String engine, int ledgers, String verifier, String collector, int cores) {}

  BenchReport {
    windows = List.copyOf(windows);
    pauses = Collections.unmodifiableMap(new LinkedHashMap<>(pauses));
  }

  /** Whether every window has something to tell. */
  boolean isGood() {
    return windows.stream().allMatch(window -> window.tally().committed() > 0);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", setting.validators());
    json.put("engine", setting.engine());
    json.put("ledgers", setting.ledgers());
    json.put("cross_percent", plan.load().crossPercent());
    json.put("verifier", setting.verifier());
    json.put("gc", setting.collector());
    json.put("cores", setting.cores());
    json.put("loop", plan.load().perSecond().isPresent() ? "open" : "closed");
    plan.load().perSecond().ifPresent(rate -> json.put("rate", rate));
    if (plan.load().perSecond().isEmpty()) {
      json.put("in_flight", plan.load().inFlight());
    }
    json.put("warm_up_seconds", rounded(plan.warmUp().toMillis() / 1e3));
    json.put("window_seconds", rounded(plan.window().toMillis() / 1e3));
    medians().forEach((name, value) -> json.put(name, rounded(value)));
    pauses.forEach((name, value) -> json.put(name, rounded(value)));
    json.put("committed", windows.stream().mapToLong(window -> window.tally().committed()).sum());
    json.put("rejected", rejected());
    json.put("undecided", undecided());
    json.put("rss_mb_max", residentMebibytesMax);
    json.put("windows", windows.stream().map(BenchReport::json).toList());
    return json;
  }

  String text() {
    var table = new TextTable("figure", "median", "least", "most");
    medians()
        .forEach(
            (name, median) -> {
              var all = sorted(name);
              table.row(name, shown(median), shown(all.getFirst()), shown(all.getLast()));
            });
    pauses.forEach((name, value) -> table.row(name, shown(value), "", ""));
    return """
    %d windows of %s, %d validators and the client on %d cores, signatures by %s, memory by %s
    %s
    %d rejected, %d undecided, at most %d MiB of memory for a validator\
    """
        .formatted(
            windows.size(),
            plan.window(),
            setting.validators(),
            setting.cores(),
            setting.verifier(),
            setting.collector(),
            table,
            rejected(),
            undecided(),
            residentMebibytesMax);
  }

  private long rejected() {
    return windows.stream().mapToLong(window -> window.tally().rejected()).sum();
  }

  private long undecided() {
    return windows.stream().mapToLong(window -> window.tally().undecided()).sum();
  }

  private Map<String, Double> medians() {
    var medians = new LinkedHashMap<String, Double>();
    for (var window : windows) {
      window.figures().keySet().forEach(name -> medians.computeIfAbsent(name, this::median));
    }
    return medians;
  }

  private double median(String name) {
    var all = sorted(name);
    int middle = all.size() / 2;
    return all.size() % 2 == 1 ? all.get(middle) : (all.get(middle - 1) + all.get(middle)) / 2;
  }

  private List<Double> sorted(String name) {
    var values = new ArrayList<Double>();
    for (var window : windows) {
      var value = window.figures().get(name);
      if (value != null) {
        values.add(value);
      }
    }
    values.sort(null);
    return values;
  }

  private static Map<String, Object> json(BenchWindow window) {
    var json = new LinkedHashMap<String, Object>();
    json.put("committed", window.tally().committed());
    json.put("rejected", window.tally().rejected());
    window.figures().forEach((name, value) -> json.put(name, rounded(value)));
    return json;
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
