package dev.sampo.testkit.inprocess;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a gateway whether it is ready to serve. */
final class Readiness {

  private static final int ANSWER_MILLIS_MAX = 1_000;

  private Readiness() {}

  /** False also if nobody listens there, which is how every node begins. */
  static boolean isReady(String endpoint) {
    try {
      var connection =
          (HttpURLConnection) URI.create(endpoint).resolve("/ready").toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS_MAX);
      connection.setReadTimeout(ANSWER_MILLIS_MAX);
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
