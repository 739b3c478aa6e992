package dev.sampo.cluster.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What a node says at {@code /metrics}, in the text format of Prometheus, version 0.0.4. */
record NodeMeters(List<String> lines) {

  private static final int ANSWER_MAX = (int) Duration.ofSeconds(5).toMillis();
  private static final int BYTES_MAX = 1 << 22;

  NodeMeters {
    lines = List.copyOf(lines);
  }

  static NodeMeters of(String endpoint) throws IOException {
    var connection = URI.create(endpoint).resolve("/metrics").toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MAX);
    connection.setReadTimeout(ANSWER_MAX);
    try (InputStream in = connection.getInputStream()) {
      return new NodeMeters(
          new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8).lines().toList());
    }
  }

  /**
   * The sum over all series of a meter.
   *
   * @param label what each of them must have among its labels, such as {@code direction="out"};
   *     empty for all of them
   * @throws IOException if there is none, or one has no number
   */
  double sum(String meter, String label) throws IOException {
    double sum = 0;
    boolean found = false;
    for (var line : lines) {
      int labels = line.indexOf('{');
      int space = line.lastIndexOf(' ');
      int end = labels < 0 ? space : labels;
      if (end > 0 && line.substring(0, end).equals(meter) && line.contains(label)) {
        sum += number(line, line.substring(space + 1));
        found = true;
      }
    }
    if (!found) {
      throw new IOException("the node has no meter " + meter + " with " + label);
    }
    return sum;
  }

  private static double number(String line, String text) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw new IOException("not a meter: " + line, noNumber);
    }
  }
}
