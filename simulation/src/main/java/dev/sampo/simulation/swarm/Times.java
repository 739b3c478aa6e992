package dev.sampo.simulation.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random moments and lengths of time. */
record Times(SplittableRandom random, Duration end) {

  /** So many moments before the end, in order. */
  List<Duration> moments(int count) {
    var moments = new ArrayList<Duration>();
    for (int i = 0; i < count; i++) {
      moments.add(Duration.ofMillis(random.nextLong(end.toMillis() + 1)));
    }
    moments.sort(Duration::compareTo);
    return moments;
  }

  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  /** Mostly near the least, seldom near the most: as often below ten times the least as above. */
  Duration skewed(Duration least, Duration most) {
    double ratio = (double) most.toMillis() / Math.max(1, least.toMillis());
    // A product of exact comparisons and strict arithmetic: StrictMath is equal everywhere.
    double factor = StrictMath.pow(ratio, random.nextDouble());
    return Duration.ofMillis((long) (Math.max(1, least.toMillis()) * factor));
  }
}
