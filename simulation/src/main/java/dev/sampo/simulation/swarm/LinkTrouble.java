package dev.sampo.simulation.swarm;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what befalls links. */
final class LinkTrouble {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final SplittableRandom random;
  private final Times times;
  private final int validators;
  private final List<TimedFault> faults = new ArrayList<>();

  LinkTrouble(SwarmSettings settings, SplittableRandom random) {
    this.random = random;
    this.times = new Times(random, settings.faultsEnd());
    this.validators = settings.validators();
  }

  List<TimedFault> loss() {
    for (var at : times.moments(random.nextInt(1, 4))) {
      var link = link();
      // A black hole is no partition: no connection is made anew when it ends.
      int percent = random.nextInt(4) == 0 ? 100 : random.nextInt(1, 51);
      faults.add(new TimedFault(at, new Fault.Drop(link, percent)));
      var until = at.plus(times.skewed(Duration.ofSeconds(2), LONGEST));
      faults.add(new TimedFault(until, new Fault.Drop(link, 0)));
    }
    return faults;
  }

  List<TimedFault> delay() {
    for (var at : times.moments(random.nextInt(1, 5))) {
      var link = link();
      var max = times.skewed(Duration.ofMillis(10), Duration.ofSeconds(5));
      faults.add(new TimedFault(at, new Fault.Delay(link, Duration.ZERO, max)));
      var until = at.plus(times.skewed(Duration.ofSeconds(2), LONGEST));
      faults.add(new TimedFault(until, new Fault.Delay(link, Duration.ZERO, Duration.ZERO)));
    }
    return faults;
  }

  List<TimedFault> duplication() {
    for (var at : times.moments(random.nextInt(1, 3))) {
      faults.add(new TimedFault(at, new Fault.Duplicate(link(), random.nextInt(1, 51))));
    }
    return faults;
  }

  List<TimedFault> replay() {
    for (var at : times.moments(random.nextInt(1, 3))) {
      faults.add(new TimedFault(at, new Fault.Replay(link(), random.nextInt(1, 11))));
    }
    return faults;
  }

  List<TimedFault> partitions() {
    for (var at : times.moments(random.nextInt(1, 5))) {
      split(at);
      faults.add(
          new TimedFault(at.plus(times.skewed(Duration.ofMillis(200), LONGEST)), new Fault.Heal()));
    }
    return faults;
  }

  /** Partitions that change with about the period of the timers. */
  List<TimedFault> flapping() {
    var at = times.moments(1).getFirst();
    int changes = random.nextInt(4, 30);
    for (int i = 0; i < changes; i++) {
      split(at);
      at = at.plus(times.between(Duration.ofMillis(50), Duration.ofSeconds(2)));
      faults.add(new TimedFault(at, new Fault.Heal()));
      at = at.plus(times.between(Duration.ofMillis(50), Duration.ofSeconds(2)));
    }
    return faults;
  }

  private void split(Duration at) {
    switch (random.nextInt(4)) {
      case 0 -> cutSome(at);
      case 1 -> isolate(at, random.nextInt(validators));
      case 2 -> bridge(at);
      default -> faults.add(new TimedFault(at, new Fault.Partition(groups())));
    }
  }

  private void cutSome(Duration at) {
    int cuts = random.nextInt(1, validators * validators + 1);
    for (int i = 0; i < cuts; i++) {
      cut(at, random.nextInt(validators), random.nextInt(validators));
    }
  }

  /** One validator that hears but is not heard, or the other way round, or neither. */
  private void isolate(Duration at, int lonely) {
    int ways = random.nextInt(3);
    for (int other = 0; other < validators; other++) {
      if (ways != 0) {
        cut(at, lonely, other);
      }
      if (ways != 1) {
        cut(at, other, lonely);
      }
    }
  }

  /** Two halves that share one validator. */
  private void bridge(Duration at) {
    int shared = random.nextInt(validators);
    for (int one = 0; one < validators; one++) {
      for (int other = 0; other < validators; other++) {
        if (one % 2 != other % 2 && one != shared && other != shared) {
          cut(at, one, other);
        }
      }
    }
  }

  private List<List<Integer>> groups() {
    int count = random.nextInt(2, 4);
    var groups = new ArrayList<List<Integer>>();
    for (int i = 0; i < count; i++) {
      groups.add(new ArrayList<>());
    }
    for (int validator = 0; validator < validators; validator++) {
      groups.get(random.nextInt(count)).add(validator);
    }
    return groups;
  }

  private void cut(Duration at, int from, int to) {
    if (from != to) {
      faults.add(new TimedFault(at, new Fault.Cut(from, to)));
    }
  }

  private Link link() {
    return switch (random.nextInt(4)) {
      case 0 -> Link.from(random.nextInt(validators));
      case 1 -> Link.to(random.nextInt(validators));
      case 2 -> Link.of(random.nextInt(validators), random.nextInt(validators));
      default -> Link.ALL;
    };
  }
}
