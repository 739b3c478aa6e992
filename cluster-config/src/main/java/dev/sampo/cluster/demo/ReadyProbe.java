package dev.sampo.cluster.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a node over HTTP whether it is ready to serve. */
final class ReadyProbe {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

  private ReadyProbe() {}

  /** False also if nobody listens there, which is how every node begins. */
  static boolean isReady(String endpoint) {
    try {
      var connection =
          (HttpURLConnection) URI.create(endpoint).resolve("/ready").toURL().openConnection();
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
