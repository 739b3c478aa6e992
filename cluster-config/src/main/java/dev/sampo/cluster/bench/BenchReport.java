package dev.sampo.cluster.bench;

import dev.sampo.cluster.console.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code bench}: of each figure the median of the windows, and the windows, for each
 * share that crosses if several are compared; its JSON form is a contract.
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

  private static final String CPU_RATIO = "cpu_ratio";

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
    if (!plan.load().isInTurns()) {
      json.put("cross_percent", plan.load().crossPercents().getFirst());
    }
    json.put("verifier", setting.verifier());
    json.put("gc", setting.collector());
    json.put("cores", setting.cores());
    json.put("loop", plan.load().perSecond().isPresent() ? "open" : "closed");
    plan.load().perSecond().ifPresent(rate -> json.put("rate", rate));
    if (plan.load().perSecond().isEmpty()) {
      json.put("in_flight", plan.load().inFlight());
    }
    json.put("warm_up_seconds", BenchFigures.rounded(plan.warmUp().toMillis() / 1e3));
    json.put("window_seconds", BenchFigures.rounded(plan.window().toMillis() / 1e3));
    if (!plan.load().isInTurns()) {
      new BenchFigures(windows).putInto(json);
    }
    pauses.forEach((name, value) -> json.put(name, BenchFigures.rounded(value)));
    json.put("committed", windows.stream().mapToLong(window -> window.tally().committed()).sum());
    json.put("rejected", rejected());
    json.put("undecided", undecided());
    json.put("rss_mb_max", residentMebibytesMax);
    if (plan.load().isInTurns()) {
      json.put("shares", plan.load().crossPercents().stream().map(this::share).toList());
    }
    json.put("windows", windows.stream().map(BenchReport::json).toList());
    return json;
  }

  private Map<String, Object> share(int crossPercent) {
    var json = new LinkedHashMap<String, Object>();
    json.put("cross_percent", crossPercent);
    ratios(crossPercent)
        .ifPresent(spread -> json.put(CPU_RATIO, BenchFigures.rounded(spread.median())));
    figures(crossPercent).putInto(json);
    return json;
  }

  private BenchFigures figures(int crossPercent) {
    return new BenchFigures(windowsOf(crossPercent));
  }

  private List<BenchWindow> windowsOf(int crossPercent) {
    return windows.stream().filter(window -> window.crossPercent() == crossPercent).toList();
  }

  /** What a transfer costs the validators, to what it costs in the first share's window before. */
  private Optional<BenchFigures.Spread> ratios(int crossPercent) {
    var first = windowsOf(plan.load().crossPercents().getFirst());
    var these = windowsOf(crossPercent);
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < Math.min(first.size(), these.size()); round++) {
      var cost = these.get(round).figures().get(BenchWindow.SERVERS);
      var before = first.get(round).figures().get(BenchWindow.SERVERS);
      if (cost != null && before != null) {
        ratios.add(cost / before);
      }
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(new BenchFigures.Spread(ratios));
  }

  String text() {
    var table = new TextTable("figure", "median", "least", "most");
    if (plan.load().isInTurns()) {
      for (int percent : plan.load().crossPercents()) {
        var prefix = percent + "% ";
        ratios(percent).ifPresent(spread -> row(table, prefix + CPU_RATIO, spread));
        figures(percent).spreads().forEach((name, spread) -> row(table, prefix + name, spread));
      }
    } else {
      new BenchFigures(windows).spreads().forEach((name, spread) -> row(table, name, spread));
    }
    pauses.forEach((name, value) -> row(table, name, new BenchFigures.Spread(List.of(value))));
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

  private static void row(TextTable table, String name, BenchFigures.Spread spread) {
    var shown = spread.shown();
    table.row(name, shown.get(0), shown.get(1), shown.get(2));
  }

  private long rejected() {
    return windows.stream().mapToLong(window -> window.tally().rejected()).sum();
  }

  private long undecided() {
    return windows.stream().mapToLong(window -> window.tally().undecided()).sum();
  }

  private static Map<String, Object> json(BenchWindow window) {
    var json = new LinkedHashMap<String, Object>();
    json.put("cross_percent", window.crossPercent());
    json.put("committed", window.tally().committed());
    json.put("rejected", window.tally().rejected());
    window.figures().forEach((name, value) -> json.put(name, BenchFigures.rounded(value)));
    return json;
  }
}
