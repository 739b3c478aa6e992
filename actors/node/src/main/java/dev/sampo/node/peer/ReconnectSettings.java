package dev.sampo.node.peer;

import java.time.Duration;

/**
 * How persistently a broken link is dialled again (S15).
 *
 * @param first back-off after the first failure; doubles with each further one
 * @param cap longest back-off
 * @param failuresMax consecutive failures that open the circuit breaker
 * @param open how long an open breaker lets no attempt through
 */
public record ReconnectSettings(Duration first, Duration cap, int failuresMax, Duration open) {

  /** From 1 s to 30 s; the breaker opens for 30 s after five failures. */
  public static final ReconnectSettings DEFAULT =
      new ReconnectSettings(
          Duration.ofSeconds(1), Duration.ofSeconds(30), 5, Duration.ofSeconds(30));

  public ReconnectSettings {
    if (!first.isPositive() || cap.compareTo(first) < 0 || failuresMax < 1 || !open.isPositive()) {
      throw new IllegalArgumentException("back-off must be positive and at most its cap");
    }
  }
}
