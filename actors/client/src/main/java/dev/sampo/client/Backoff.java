package dev.sampo.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential with jitter.
 *
 * @param attemptsMax how many attempts there are in all. What a node refuses as it has too much to
 *     do waits before it goes anywhere else, so that overload does not multiply; after any other
 *     failure the first attempts at each node are made without a wait, and count as one together.
 * @param base the longest wait before the second attempt; it doubles with each further one
 * @param cap no wait is longer
 */
public record Backoff(int attemptsMax, Duration base, Duration cap) {

  /** Five attempts, waits of up to 100, 200, 400, 800 ms. */
  public static final Backoff DEFAULT =
      new Backoff(5, Duration.ofMillis(100), Duration.ofSeconds(2));

  /** Without a wait, and what a node has too much to do for is not tried again. */
  public static final Backoff NONE = new Backoff(1, Duration.ZERO, Duration.ZERO);

  public Backoff {
    if (attemptsMax < 1 || base.isNegative() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("needs an attempt and 0 <= base <= cap");
    }
  }

  /** The wait after {@code failures} failed attempts, at least half of the longest one. */
  Duration delayAfter(int failures, RandomGenerator random) {
    long doubled = base.toMillis() << Math.min(failures - 1, 20);
    long longest = Math.min(doubled, cap.toMillis());
    return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
  }
}
