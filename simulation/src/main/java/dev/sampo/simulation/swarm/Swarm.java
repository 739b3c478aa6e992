package dev.sampo.simulation.swarm;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the faults of a run: which families are on, and what happens when. Each family has a
 * generator of its own, so that leaving one out does not change the others.
 */
public final class Swarm {

  private static final int FEW = 5;
  private static final long SALT = 0x5a6d_706f_5377_726dL;

  private final SwarmSettings settings;
  private final List<TimedFault> faults = new ArrayList<>();
  private final Casualties casualties;

  private Swarm(SwarmSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.casualties = new Casualties(settings.validators(), random);
  }

  /** The faults that this seed stands for; the same settings give the same faults. */
  public static FaultSchedule draw(SwarmSettings settings) {
    if (settings.profile() == Profile.CALM) {
      return FaultSchedule.NONE;
    }
    var random = new SplittableRandom(settings.seed() ^ SALT);
    var swarm = new Swarm(settings, random.split());
    for (var family : FaultFamily.values()) {
      var own = random.split();
      if (settings.families().contains(family) && own.nextInt(100) < swarm.chance(family)) {
        swarm.draw(family, own);
      }
    }
    if (settings.profile() == Profile.RECOVERABLE) {
      swarm.recover();
    }
    return new FaultSchedule(swarm.faults);
  }

  /**
   * In how many of a hundred runs a family is on: most runs combine a few. Whoever names a few
   * wants to see them.
   */
  private int chance(FaultFamily family) {
    if (settings.families().size() <= FEW) {
      return 80;
    }
    return switch (family) {
      case LOSS, DELAY, PARTITION, CRASH, BYZANTINE -> 40;
      case DUPLICATION, REPLAY, PAUSE, CLOCK, TWINS -> 25;
      case FLAPPING, RESTART_STORM, SLOW_DISK, FAILED_DISK, BIT_ROT, LOST_DISK -> 15;
      case RECOVERY, SPLIT_BRAIN -> 0;
    };
  }

  private void draw(FaultFamily family, SplittableRandom random) {
    var links = new LinkTrouble(settings, random);
    var nodes = new NodeTrouble(settings, random, casualties);
    faults.addAll(
        switch (family) {
          case LOSS -> links.loss();
          case DELAY -> links.delay();
          case DUPLICATION -> links.duplication();
          case REPLAY -> links.replay();
          case PARTITION -> links.partitions();
          case FLAPPING -> links.flapping();
          case CRASH -> nodes.crashes();
          case RESTART_STORM -> nodes.restartStorm();
          case PAUSE -> nodes.pauses();
          case SLOW_DISK -> nodes.slowDisks();
          case FAILED_DISK -> nodes.failedDisks();
          case BIT_ROT -> nodes.bitRot();
          case LOST_DISK -> nodes.lostDisk();
          case CLOCK -> nodes.clocks();
          case TWINS -> nodes.twins();
          case BYZANTINE -> nodes.byzantine();
          case RECOVERY -> nodes.recovery();
          case SPLIT_BRAIN -> nodes.splitBrains();
        });
  }

  /** From {@code faultsEnd} on only what can never heal is still wrong. */
  private void recover() {
    var end = settings.faultsEnd();
    faults.removeIf(timed -> timed.at().compareTo(end) > 0);
    faults.add(new TimedFault(end, new Fault.Heal()));
    for (int validator = 0; validator < settings.validators(); validator++) {
      faults.add(new TimedFault(end, new Fault.SlowDisk(validator, 1)));
      faults.add(new TimedFault(end, new Fault.SkewClock(validator, Duration.ZERO)));
      faults.add(new TimedFault(end, new Fault.Restart(validator)));
    }
  }
}
