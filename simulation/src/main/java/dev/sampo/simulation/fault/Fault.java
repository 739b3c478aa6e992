package dev.sampo.simulation.fault;

import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong, or right again. Validators are named by their indices from 0, percents
 * are 0 to 100. What a fault about links says holds until the next of its kind and link, or until
 * {@link Heal}.
 */
public sealed interface Fault {

  /** Validators hear only those of their own group; one that is in no group hears nobody. */
  record Partition(List<List<Integer>> groups) implements Fault {
    public Partition {
      groups = groups.stream().map(List::copyOf).toList();
      groups.forEach(group -> group.forEach(Fault::requireIndex));
    }
  }

  /** What {@code from} says no longer reaches {@code to}; the other way still works. */
  record Cut(int from, int to) implements Fault {
    public Cut {
      requireIndex(from);
      requireIndex(to);
    }
  }

  /** Every link works again: no partition, cut, delay, loss, duplication or replay. */
  record Heal() implements Fault {}

  /** Messages take so much longer, mostly near {@code min} and seldom near {@code max}. */
  record Delay(Link link, Duration min, Duration max) implements Fault {
    public Delay {
      if (min.isNegative() || max.compareTo(min) < 0) {
        throw new IllegalArgumentException("a delay lasts from 0 <= min to max >= min");
      }
    }
  }

  /** So many of a hundred messages are lost. */
  record Drop(Link link, int percent) implements Fault {
    public Drop {
      requirePercent(percent);
    }
  }

  /** So many of a hundred messages arrive twice. */
  record Duplicate(Link link, int percent) implements Fault {
    public Duplicate {
      requirePercent(percent);
    }
  }

  /** So many of a hundred messages bring an old one along, of earlier views. */
  record Replay(Link link, int percent) implements Fault {
    public Replay {
      requirePercent(percent);
    }
  }

  /**
   * The process dies; {@code tail} becomes of its unsynced writes. Unless they are lost it dies in
   * the midst of the next write, where the disk is simulated.
   */
  record Crash(int validator, Tail tail) implements Fault {
    public Crash {
      requireIndex(validator);
    }
  }

  /** The process starts again from its disk, if it is down. */
  record Restart(int validator) implements Fault {
    public Restart {
      requireIndex(validator);
    }
  }

  /** The process stands still for so long; what arrives waits. */
  record Pause(int validator, Duration duration) implements Fault {
    public Pause {
      requireIndex(validator);
      if (duration.isNegative()) {
        throw new IllegalArgumentException("a pause is not negative");
      }
    }
  }

  /** Writes and syncs take {@code factor} times as long; 1 is normal again. */
  record SlowDisk(int validator, int factor) implements Fault {
    public SlowDisk {
      requireIndex(validator);
      if (factor < 1) {
        throw new IllegalArgumentException("a disk is slower by a factor of at least 1");
      }
    }
  }

  /** The next write or sync fails, and the process stops. */
  record FailDisk(int validator) implements Fault {
    public FailDisk {
      requireIndex(validator);
    }
  }

  /** One bit of a stored record flips; its checksum shows it to whoever reads it. */
  record RotBit(int validator) implements Fault {
    public RotBit {
      requireIndex(validator);
    }
  }

  /** A valid record lands in another's place; its identity shows it to whoever reads it. */
  record MisdirectWrite(int validator) implements Fault {
    public MisdirectWrite {
      requireIndex(validator);
    }
  }

  /** The process dies and its disk is empty: it may not start again (RE1). */
  record WipeDisk(int validator) implements Fault {
    public WipeDisk {
      requireIndex(validator);
    }
  }

  /** The process dies and its disk is again as it was so long ago. */
  record RollBackDisk(int validator, Duration age) implements Fault {
    public RollBackDisk {
      requireIndex(validator);
      if (age.isNegative()) {
        throw new IllegalArgumentException("an age is not negative");
      }
    }
  }

  /**
   * The operator of a validator that is down puts aside what its disk holds, so that its next start
   * asks the others what it may have promised (RE1, V4).
   */
  record RecoverDisk(int validator) implements Fault {
    public RecoverDisk {
      requireIndex(validator);
    }
  }

  /**
   * Another copy of the validator starts over the same store, whether or not the one before still
   * runs (V1, V2).
   */
  record StartCopy(int validator) implements Fault {
    public StartCopy {
      requireIndex(validator);
    }
  }

  /** The wall clock is so far off from true time, until the next such fault. */
  record SkewClock(int validator, Duration offset) implements Fault {
    public SkewClock {
      requireIndex(validator);
    }
  }

  /** The wall clock jumps by so much, on top of what it is off already. */
  record JumpClock(int validator, Duration by) implements Fault {
    public JumpClock {
      requireIndex(validator);
    }
  }

  /** The validator is Byzantine from now on. */
  record Corrupt(int validator, Behaviour behaviour) implements Fault {
    public Corrupt {
      requireIndex(validator);
    }
  }

  private static void requireIndex(int validator) {
    if (validator < 0) {
      throw new IllegalArgumentException("a validator has an index of 0 or more");
    }
  }

  private static void requirePercent(int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("a percentage is 0 to 100, not " + percent);
    }
  }
}
