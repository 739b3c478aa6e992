package dev.sampo.client;

import java.time.Duration;
import java.util.List;

/**
 * How a client reaches a ledger.
 *
 * @param endpoints addresses of nodes: {@code host:port}, {@code http://...} or {@code https://...}
 * @param callTimeout how long a call may take with all its attempts
 */
public record ClientSettings(
    List<String> endpoints, TrustAnchor trust, Duration callTimeout, Backoff backoff) {

  public ClientSettings {
    endpoints = List.copyOf(endpoints);
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("a call needs some time");
    }
  }

  /** Ten seconds for a call, and the default back-off. */
  public static ClientSettings of(TrustAnchor trust, String... endpoints) {
    return new ClientSettings(List.of(endpoints), trust, Duration.ofSeconds(10), Backoff.DEFAULT);
  }

  public ClientSettings withCallTimeout(Duration timeout) {
    return new ClientSettings(endpoints, trust, timeout, backoff);
  }

  public ClientSettings withBackoff(Backoff other) {
    return new ClientSettings(endpoints, trust, callTimeout, other);
  }
}
