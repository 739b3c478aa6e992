package dev.sampo.cluster.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of windows that were measured alike. */
record BenchFigures(List<BenchWindow> windows) {

  BenchFigures {
    windows = List.copyOf(windows);
  }

  /** The values that one figure had, of which there is one at least. */
  record Spread(List<Double> sorted) {

    Spread {
      sorted = sorted.stream().sorted().toList();
    }

    double median() {
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median, least and most, for people. */
    List<String> shown() {
      return Stream.of(median(), sorted.getFirst(), sorted.getLast())
          .map(value -> String.format(Locale.ROOT, "%.2f", value))
          .toList();
    }
  }

  /** By the names of the figures, in the order of the answer. */
  Map<String, Spread> spreads() {
    var spreads = new LinkedHashMap<String, Spread>();
    for (var window : windows) {
      window
          .figures()
          .keySet()
          .forEach(name -> spreads.computeIfAbsent(name, each -> new Spread(inOrder(each))));
    }
    return spreads;
  }

  private List<Double> inOrder(String name) {
    return windows.stream()
        .flatMap(window -> Optional.ofNullable(window.figures().get(name)).stream())
        .toList();
  }

  /** The median of each. */
  void putInto(Map<String, Object> json) {
    spreads().forEach((name, spread) -> json.put(name, rounded(spread.median())));
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
