package dev.sampo.simulation.swarm;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what befalls validators, their disks and their clocks. */
final class NodeTrouble {

  private static final Duration LONGEST_DOWN = Duration.ofSeconds(20);
  private static final int LIES_MAX = 3;

  private final SwarmSettings settings;
  private final SplittableRandom random;
  private final Times times;
  private final Casualties casualties;
  private final List<TimedFault> faults = new ArrayList<>();

  NodeTrouble(SwarmSettings settings, SplittableRandom random, Casualties casualties) {
    this.settings = settings;
    this.random = random;
    this.times = new Times(random, settings.faultsEnd());
    this.casualties = casualties;
  }

  List<TimedFault> crashes() {
    for (var at : times.moments(random.nextInt(1, 8))) {
      crash(at, validator(), times.skewed(Duration.ofMillis(50), LONGEST_DOWN));
    }
    return faults;
  }

  /** All at once loses power, or one dies again and again while it recovers. */
  List<TimedFault> restartStorm() {
    for (var at : times.moments(random.nextInt(1, 3))) {
      if (random.nextBoolean()) {
        for (int validator = 0; validator < settings.validators(); validator++) {
          crash(at, validator, times.skewed(Duration.ofMillis(10), Duration.ofSeconds(5)));
        }
      } else {
        int unlucky = validator();
        var next = at;
        for (int i = 0; i < 10; i++) {
          crash(next, unlucky, Duration.ofMillis(random.nextInt(1, 50)));
          next = next.plusMillis(random.nextInt(51, 400));
        }
      }
    }
    return faults;
  }

  List<TimedFault> pauses() {
    for (var at : times.moments(random.nextInt(1, 6))) {
      var length = times.skewed(Duration.ofMillis(20), Duration.ofSeconds(15));
      faults.add(new TimedFault(at, new Fault.Pause(validator(), length)));
    }
    return faults;
  }

  List<TimedFault> slowDisks() {
    for (var at : times.moments(random.nextInt(1, 4))) {
      faults.add(new TimedFault(at, new Fault.SlowDisk(validator(), random.nextInt(2, 200))));
    }
    return faults;
  }

  List<TimedFault> failedDisks() {
    for (var at : times.moments(random.nextInt(1, 3))) {
      int validator = validator();
      faults.add(new TimedFault(at, new Fault.FailDisk(validator)));
      var back = at.plus(times.skewed(Duration.ofSeconds(1), LONGEST_DOWN));
      faults.add(new TimedFault(back, new Fault.Restart(validator)));
    }
    return faults;
  }

  /** A damaged disk is refused at the next start, so its validator counts against f. */
  List<TimedFault> bitRot() {
    casualties
        .any(random)
        .ifPresent(
            validator -> {
              var at = times.moments(1).getFirst();
              var damage =
                  random.nextBoolean()
                      ? new Fault.RotBit(validator)
                      : new Fault.MisdirectWrite(validator);
              faults.add(new TimedFault(at, damage));
              crash(at.plusMillis(random.nextInt(1, 5000)), validator, Duration.ofSeconds(1));
            });
    return faults;
  }

  List<TimedFault> lostDisk() {
    casualties
        .any(random)
        .ifPresent(
            validator -> {
              var at = times.moments(1).getFirst();
              if (random.nextBoolean()) {
                faults.add(new TimedFault(at, new Fault.WipeDisk(validator)));
              } else {
                var age = times.skewed(Duration.ofMillis(100), Duration.ofSeconds(30));
                faults.add(new TimedFault(at, new Fault.RollBackDisk(validator, age)));
              }
              restart(at.plus(times.skewed(Duration.ofMillis(10), LONGEST_DOWN)), validator);
            });
    return faults;
  }

  /** Wiped while it runs or just after a crash; its operator may take a while, and may retry. */
  List<TimedFault> recovery() {
    casualties
        .any(random)
        .ifPresent(
            validator -> {
              for (var at : times.moments(random.nextInt(1, 3))) {
                faults.add(new TimedFault(at, new Fault.WipeDisk(validator)));
                var back = at.plus(times.skewed(Duration.ofMillis(10), LONGEST_DOWN));
                faults.add(new TimedFault(back, new Fault.RecoverDisk(validator)));
                restart(back, validator);
                if (random.nextInt(3) == 0) {
                  var again = back.plus(times.skewed(Duration.ofMillis(1), Duration.ofSeconds(2)));
                  crash(again, validator, Duration.ofMillis(random.nextInt(1, 500)));
                }
              }
            });
    return faults;
  }

  /** Mostly of one that stands still or is about to; the fence must hold in any case. */
  List<TimedFault> splitBrains() {
    for (var at : times.moments(random.nextInt(2, 9))) {
      int validator = validator();
      if (random.nextBoolean()) {
        var length = times.skewed(Duration.ofMillis(20), Duration.ofSeconds(15));
        faults.add(new TimedFault(at, new Fault.Pause(validator, length)));
      }
      var started = at.plusMillis(random.nextInt(0, 400));
      faults.add(new TimedFault(started, new Fault.StartCopy(validator)));
      if (random.nextInt(3) == 0) {
        faults.add(
            new TimedFault(
                started.plusMillis(random.nextInt(0, 50)), new Fault.StartCopy(validator)));
      }
    }
    return faults;
  }

  List<TimedFault> clocks() {
    for (var at : times.moments(random.nextInt(1, 5))) {
      long bound = random.nextInt(5) == 0 ? 300_000 : 2_000;
      var offset = Duration.ofMillis(random.nextLong(-bound, bound + 1));
      faults.add(
          new TimedFault(
              at,
              random.nextBoolean()
                  ? new Fault.SkewClock(validator(), offset)
                  : new Fault.JumpClock(validator(), offset)));
    }
    return faults;
  }

  List<TimedFault> twins() {
    casualties.any(random).ifPresent(liar -> corrupt(liar, Behaviour.TWIN));
    return faults;
  }

  /** Liars with several lies each: what one lie alone does not break, two together may. */
  List<TimedFault> byzantine() {
    for (int liar : casualties.some(random.nextInt(1, 4))) {
      var lies = new ArrayList<>(settings.behaviours());
      lies.remove(Behaviour.TWIN);
      for (int count = random.nextInt(1, LIES_MAX + 1); count > 0 && !lies.isEmpty(); count--) {
        corrupt(liar, lies.remove(random.nextInt(lies.size())));
      }
    }
    return faults;
  }

  /** From the start mostly, since a liar that was honest for long has less to lie about. */
  private void corrupt(int liar, Behaviour behaviour) {
    var at = random.nextInt(3) == 0 ? times.moments(1).getFirst() : Duration.ZERO;
    faults.add(new TimedFault(at, new Fault.Corrupt(liar, behaviour)));
  }

  private void crash(Duration at, int validator, Duration down) {
    var tails = Tail.values();
    faults.add(new TimedFault(at, new Fault.Crash(validator, tails[random.nextInt(3)])));
    boolean returns = settings.profile() != Profile.UNBOUNDED || random.nextInt(4) != 0;
    if (returns) {
      restart(at.plus(down), validator);
    }
  }

  private void restart(Duration at, int validator) {
    faults.add(new TimedFault(at, new Fault.Restart(validator)));
  }

  private int validator() {
    return random.nextInt(settings.validators());
  }
}
