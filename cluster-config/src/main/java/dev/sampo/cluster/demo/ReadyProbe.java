package dev.sampo.cluster.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a node over HTTP how it is. */
final class ReadyProbe {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

  private ReadyProbe() {}

  /** Whether it can serve; false also if nobody listens there, which is how every node begins. */
  static boolean isReady(String endpoint) {
    return isOk(endpoint, "/ready");
  }

  /** Whether it runs, although it may reach too few others to serve. */
  static boolean isAlive(String endpoint) {
    return isOk(endpoint, "/alive");
  }

  private static boolean isOk(String endpoint, String path) {
    try {
      var connection =
          (HttpURLConnection) URI.create(endpoint).resolve(path).toURL().openConnection();
      connection.setConnectTimeout((int) ANSWER_MAX.toMillis());
      connection.setReadTimeout((int) ANSWER_MAX.toMillis());
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
