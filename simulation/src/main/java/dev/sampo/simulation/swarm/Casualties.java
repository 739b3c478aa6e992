package dev.sampo.simulation.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Who may lie or lose its disk for good: at most f = floor((n-1)/3) validators of a run, whatever
 * families are on (protocol 2.1). Families draw from the same few, so that none takes a victim from
 * another.
 */
final class Casualties {

  private final List<Integer> unlucky;

  Casualties(int validators, SplittableRandom random) {
    var shuffled = new ArrayList<Integer>();
    for (int validator = 0; validator < validators; validator++) {
      shuffled.add(random.nextInt(shuffled.size() + 1), validator);
    }
    unlucky = List.copyOf(shuffled.subList(0, (validators - 1) / 3));
  }

  /** One of them, or none if f is 0. */
  Optional<Integer> any(SplittableRandom random) {
    return unlucky.isEmpty()
        ? Optional.empty()
        : Optional.of(unlucky.get(random.nextInt(unlucky.size())));
  }

  /** The first {@code most} of them, or as many as there are. */
  List<Integer> some(int most) {
    return unlucky.subList(0, Math.min(most, unlucky.size()));
  }
}
