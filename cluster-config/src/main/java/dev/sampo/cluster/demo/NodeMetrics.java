package dev.sampo.cluster.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What nodes say at {@code /metrics}. */
final class NodeMetrics {

  private static final int ANSWER_MAX = (int) Duration.ofSeconds(5).toMillis();
  private static final int BYTES_MAX = 1 << 22;
  private static final String EVIDENCE = "sampo_consensus_evidence_total";

  private NodeMetrics() {}

  /**
   * How often the nodes have found that a validator broke the protocol.
   *
   * @throws IOException if one of them does not answer
   */
  static long evidence(List<String> endpoints) throws IOException {
    double found = 0;
    for (var endpoint : endpoints) {
      found +=
          text(endpoint)
              .lines()
              .filter(line -> line.startsWith(EVIDENCE))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    return Math.round(found);
  }

  private static String text(String endpoint) throws IOException {
    var connection = URI.create(endpoint).resolve("/metrics").toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MAX);
    connection.setReadTimeout(ANSWER_MAX);
    try (var in = connection.getInputStream()) {
      return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
    }
  }
}
