package dev.sampo.core.consensus.simplex;

import dev.sampo.core.genesis.Genesis;
import java.time.Duration;

/**
 * The bounds of the adaptive timers (TI2, TI5).
 *
 * @param viewMin T_min, the least base of the view timers
 * @param viewMax T_max, the largest base of the view timers
 * @param idle T_idle, after which a leader without work proposes an empty block
 */
public record Timing(Duration viewMin, Duration viewMax, Duration idle) {

  public Timing {
    if (!viewMin.isPositive() || viewMax.compareTo(viewMin) < 0 || !idle.isPositive()) {
      throw new IllegalArgumentException("timers must be positive, T_min at most T_max");
    }
  }

  /** For validators within one data centre: T_min = 20 ms, T_max = 10 s. */
  public static Timing lan(Genesis genesis) {
    return new Timing(Duration.ofMillis(20), Duration.ofSeconds(10), idleOf(genesis));
  }

  /** For validators far apart: T_min = 200 ms, T_max = 10 s. */
  public static Timing wan(Genesis genesis) {
    return new Timing(Duration.ofMillis(200), Duration.ofSeconds(10), idleOf(genesis));
  }

  private static Duration idleOf(Genesis genesis) {
    return Duration.ofMillis(genesis.parameters().idleMillis());
  }
}
