package dev.sampo.benchmarks.micro;

import java.time.Duration;
import java.util.List;

/**
 * Which benchmarks to run, and for how long.
 *
 * @param names what the names of the wanted ones contain, in any case of letters; none: all
 * @param forks JVMs for each, one after the other; 0: all in this one, which says little
 * @param warmUps iterations that are not measured
 * @param iterations that are measured
 * @param time of each iteration
 */
public record MicroPlan(List<String> names, int forks, int warmUps, int iterations, Duration time) {

  /** Most forks, and most iterations of each kind. */
  public static final int COUNT_MAX = 1_000;

  public MicroPlan {
    names = List.copyOf(names);
    if (forks < 0 || forks > COUNT_MAX) {
      throw new IllegalArgumentException("0 to " + COUNT_MAX + " forks");
    }
    if (warmUps < 0 || warmUps > COUNT_MAX || iterations < 1 || iterations > COUNT_MAX) {
      throw new IllegalArgumentException("1 to " + COUNT_MAX + " iterations");
    }
    if (!time.isPositive()) {
      throw new IllegalArgumentException("an iteration takes time");
    }
  }
}
