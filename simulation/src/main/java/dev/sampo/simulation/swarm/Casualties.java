package dev.sampo.simulation.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Who may lie or lose its disk for good: at most f = floor((n-1)/3) validators of a run, whatever
 * families are on (protocol 2.1).
 */
final class Casualties {

  private final List<Integer> left = new ArrayList<>();
  private int remaining;

  Casualties(int validators, SplittableRandom random) {
    for (int validator = 0; validator < validators; validator++) {
      left.add(random.nextInt(left.size() + 1), validator);
    }
    remaining = (validators - 1) / 3;
  }

  /** One more, or none if f are spent. */
  OptionalInt next() {
    if (remaining == 0) {
      return OptionalInt.empty();
    }
    remaining--;
    return OptionalInt.of(left.removeFirst());
  }
}
