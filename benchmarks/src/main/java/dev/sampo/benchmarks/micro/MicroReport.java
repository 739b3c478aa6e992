package dev.sampo.benchmarks.micro;

import dev.sampo.cluster.console.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer of {@code bench micro}; its JSON form is a contract. */
public record MicroReport(MicroPlan plan, List<MicroFigure> figures, int cores) {

  public MicroReport {
    figures = List.copyOf(figures);
  }

  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("cores", cores);
    json.put("forks", plan.forks());
    json.put("warm_ups", plan.warmUps());
    json.put("iterations", plan.iterations());
    json.put("iteration_seconds", plan.time().toMillis() / 1e3);
    json.put("benchmarks", figures.stream().map(MicroReport::json).toList());
    return json;
  }

  public String text() {
    var table = new TextTable("benchmark", "parameters", "us", "+/-", "per second");
    for (var figure : figures) {
      table.row(
          figure.name(),
          String.join(
              " ",
              figure.parameters().entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .sorted()
                  .toList()),
          shown(figure.micros()),
          figure.error().isPresent() ? shown(figure.error().getAsDouble()) : "-",
          String.format(Locale.ROOT, "%.0f", figure.perSecond()));
    }
    return "microseconds for one operation, on a machine of %d cores%n%s".formatted(cores, table);
  }

  private static Map<String, Object> json(MicroFigure figure) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", figure.name());
    json.put("parameters", figure.parameters());
    json.put("us", rounded(figure.micros()));
    figure.error().ifPresent(error -> json.put("error_us", rounded(error)));
    json.put("per_second", rounded(figure.perSecond()));
    return json;
  }

  private static String shown(double micros) {
    return String.format(Locale.ROOT, "%.3f", micros);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
