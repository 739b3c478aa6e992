package dev.sampo.simulation.world;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes the faults of a schedule happen. */
final class FaultDriver {

  private record Backup(SimulatedMedium medium, SimulatedJournal journal) {}

  private final World world;
  private final Network network;
  private final Map<Integer, Backup> backups = new LinkedHashMap<>();

  FaultDriver(World world, Network network) {
    this.world = world;
    this.network = network;
  }

  /** Those whose words need not be true: Byzantine from some time on, or robbed of memory. */
  static SortedSet<ValidatorIndex> liars(FaultSchedule schedule) {
    var liars = new TreeSet<ValidatorIndex>();
    for (var timed : schedule.faults()) {
      if (timed.fault() instanceof Fault.Corrupt(int validator, _)) {
        liars.add(ValidatorIndex.of(validator));
      } else if (timed.fault() instanceof Fault.RollBackDisk(int validator, _)) {
        liars.add(ValidatorIndex.of(validator));
      }
    }
    return liars;
  }

  /** Those who may never come back, beside the liars. */
  static SortedSet<ValidatorIndex> lame(FaultSchedule schedule) {
    var lame = new TreeSet<ValidatorIndex>();
    var wiped = new TreeSet<ValidatorIndex>();
    for (var timed : schedule.faults()) {
      switch (timed.fault()) {
        case Fault.RotBit(int validator) -> lame.add(ValidatorIndex.of(validator));
        case Fault.MisdirectWrite(int validator) -> lame.add(ValidatorIndex.of(validator));
        case Fault.WipeDisk(int validator) -> wiped.add(ValidatorIndex.of(validator));
        case Fault.RecoverDisk(int validator) -> wiped.remove(ValidatorIndex.of(validator));
        case Fault f -> {}
      }
    }
    lame.addAll(wiped);
    return lame;
  }

  void plan(FaultSchedule schedule) {
    int place = 0;
    for (var timed : schedule.faults()) {
      long detail = place++;
      if (timed.fault() instanceof Fault.Replay) {
        network.remember();
      }
      if (timed.fault() instanceof Fault.RollBackDisk(int validator, var age)) {
        var then = timed.at().minus(age);
        var at = then.isNegative() ? Duration.ZERO : then;
        plan(at, detail, () -> backUp((int) detail, validator));
      }
      plan(timed.at(), detail, () -> perform((int) detail, timed));
    }
  }

  private void plan(Duration at, long detail, Runnable action) {
    world.plan(at.toNanos(), EventQueue.Kind.FAULT, detail, action);
  }

  private void backUp(int place, int validator) {
    var of = world.validator(validator);
    backups.put(place, new Backup(of.medium().copy(), of.journal().copy()));
  }

  /** A fault outside of the schedule, now; without a backup a disk is not rolled back. */
  void perform(TimedFault timed) {
    perform(-1, timed);
  }

  private void perform(int place, TimedFault timed) {
    switch (timed.fault()) {
      case Fault.Partition partition -> network.partition(partition);
      case Fault.Cut(int from, int to) -> network.cut(from, to);
      case Fault.Heal heal -> network.heal().forEach(world::reconnect);
      case Fault.Delay delay -> network.delay(delay);
      case Fault.Drop drop -> network.drop(drop);
      case Fault.Duplicate duplicate -> network.duplicate(duplicate);
      case Fault.Replay replay -> network.replay(replay);
      case Fault.Crash(int validator, var tail) -> world.validator(validator).die(tail);
      case Fault.Restart(int validator) -> world.validator(validator).restart();
      case Fault.Pause(int validator, var length) -> world.validator(validator).pause(length);
      case Fault.SlowDisk(int validator, int factor) -> world.validator(validator).slowDisk(factor);
      case Fault.FailDisk(int validator) -> world.validator(validator).medium().fail();
      case Fault.RotBit(int validator) -> world.validator(validator).journal().damage();
      case Fault.MisdirectWrite(int validator) ->
          world.validator(validator).medium().damage(Math.max(0, place));
      case Fault.WipeDisk(int validator) -> world.validator(validator).wipe();
      case Fault.RollBackDisk(int validator, _) -> rollBack(place, validator);
      case Fault.RecoverDisk(int validator) -> world.validator(validator).recover();
      case Fault.StartCopy(int validator) -> world.validator(validator).startCopy();
      case Fault.SkewClock(int validator, var offset) ->
          world.validator(validator).setClock(offset);
      case Fault.JumpClock(int validator, var by) -> world.validator(validator).jumpClock(by);
      case Fault.Corrupt(int validator, var behaviour) ->
          world.corrupt(ValidatorIndex.of(validator), behaviour);
    }
  }

  private void rollBack(int place, int validator) {
    var backup = backups.get(place);
    if (backup != null) {
      world.validator(validator).rollBack(backup.medium(), backup.journal());
    }
  }
}
