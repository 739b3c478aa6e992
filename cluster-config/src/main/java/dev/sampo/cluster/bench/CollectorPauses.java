package dev.sampo.cluster.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** How long collectors stop their validators, as these log it; from when it was asked for on. */
final class CollectorPauses {

  private static final Pattern PAUSE =
      Pattern.compile("GC\\([0-9]+\\) (?:[A-Za-z]: )?Pause .* ([0-9]+\\.[0-9]+)ms$");

  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 3;

  private final Map<Path, Long> begins;
  private final long startNanos = System.nanoTime();

  private CollectorPauses(Map<Path, Long> begins) {
    this.begins = begins;
  }

  /** Of the validators that write these logs, from now on. */
  static CollectorPauses since(List<Path> logs) throws IOException {
    var begins = new LinkedHashMap<Path, Long>();
    for (var log : logs) {
      begins.put(log, Files.size(log));
    }
    return new CollectorPauses(begins);
  }

  /** The figures by their names in the answer, in its order; none without a log. */
  Map<String, Double> figures() throws IOException {
    var figures = new LinkedHashMap<String, Double>();
    if (begins.isEmpty()) {
      return figures;
    }
    double elapsedMicros = (System.nanoTime() - startNanos) / 1e3;
    var micros = new Histogram(HIGHEST_MICROS, DIGITS);
    double stopped = 0;
    for (var begin : begins.entrySet()) {
      for (double pause : pausesMicros(linesFrom(begin.getKey(), begin.getValue()))) {
        micros.recordValue(Math.min(Math.round(pause), HIGHEST_MICROS));
        stopped += pause;
      }
    }
    figures.put("gc_pauses_per_second", micros.getTotalCount() * 1e6 / elapsedMicros);
    figures.put("gc_pause_p50_ms", micros.getValueAtPercentile(50) / 1e3);
    figures.put("gc_pause_p99_ms", micros.getValueAtPercentile(99) / 1e3);
    figures.put("gc_pause_max_ms", micros.getMaxValue() / 1e3);
    figures.put("gc_stopped_percent", 100 * stopped / elapsedMicros / begins.size());
    return figures;
  }

  /** What the lines of a log tell, in microseconds. */
  static List<Double> pausesMicros(List<String> lines) {
    var pauses = new ArrayList<Double>();
    for (var line : lines) {
      var pause = PAUSE.matcher(line);
      if (pause.find()) {
        pauses.add(Double.parseDouble(pause.group(1)) * 1e3);
      }
    }
    return pauses;
  }

  private static List<String> linesFrom(Path log, long begin) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(begin);
      var bytes = new byte[Math.toIntExact(file.length() - begin)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
