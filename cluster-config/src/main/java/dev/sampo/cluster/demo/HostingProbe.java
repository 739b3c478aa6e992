package dev.sampo.cluster.demo;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks a node which ledgers it hosts. */
final class HostingProbe {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  private HostingProbe() {}

  /** Their names; none if it does not answer. */
  static SortedSet<String> ledgers(String endpoint) {
    var names = new TreeSet<String>();
    try {
      var connection =
          (HttpURLConnection) URI.create(endpoint).resolve("/v1/ledgers").toURL().openConnection();
      connection.setConnectTimeout((int) ANSWER_MAX.toMillis());
      connection.setReadTimeout((int) ANSWER_MAX.toMillis());
      try (var in = connection.getInputStream()) {
        var answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        var json = ConfigFactory.parseString(answer);
        if (json.hasPath("ledgers")) {
          json.getConfigList("ledgers").forEach(each -> names.add(each.getString("name")));
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException | ConfigException notYet) {
      names.clear();
    }
    return names;
  }
}
