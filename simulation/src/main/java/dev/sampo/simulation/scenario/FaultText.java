package dev.sampo.simulation.scenario;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Faults as they stand in a scenario file: the fault's name, then what it is about. */
final class FaultText {

  private FaultText() {}

  static String of(Fault fault) {
    return switch (fault) {
      case Fault.Partition(var groups) ->
          words(
              FaultName.PARTITION,
              groups.stream().map(FaultText::indices).collect(Collectors.joining(" | ")));
      case Fault.Cut(int from, int to) -> words(FaultName.CUT, from + ">" + to);
      case Fault.Heal _ -> FaultName.HEAL.word();
      case Fault.Delay(var link, var min, var max) ->
          words(FaultName.DELAY, link + " " + range(min, max));
      case Fault.Drop(var link, int percent) -> words(FaultName.DROP, link + " " + percent + "%");
      case Fault.Duplicate(var link, int percent) ->
          words(FaultName.DUPLICATE, link + " " + percent + "%");
      case Fault.Replay(var link, int percent) ->
          words(FaultName.REPLAY, link + " " + percent + "%");
      case Fault.Crash(int validator, var tail) ->
          words(FaultName.CRASH, validator + " " + word(tail));
      case Fault.Restart(int validator) -> words(FaultName.RESTART, validator);
      case Fault.Pause(int validator, var duration) ->
          words(FaultName.PAUSE, validator + " " + DurationText.of(duration));
      case Fault.SlowDisk(int validator, int factor) ->
          words(FaultName.SLOW_DISK, validator + " x" + factor);
      case Fault.FailDisk(int validator) -> words(FaultName.FAIL_DISK, validator);
      case Fault.RotBit(int validator) -> words(FaultName.ROT_BIT, validator);
      case Fault.MisdirectWrite(int validator) -> words(FaultName.MISDIRECT_WRITE, validator);
      case Fault.WipeDisk(int validator) -> words(FaultName.WIPE_DISK, validator);
      case Fault.RollBackDisk(int validator, var age) ->
          words(FaultName.ROLL_BACK_DISK, validator + " " + DurationText.of(age));
      case Fault.RecoverDisk(int validator) -> words(FaultName.RECOVER_DISK, validator);
      case Fault.StartCopy(int validator) -> words(FaultName.START_COPY, validator);
      case Fault.SkewClock(int validator, var offset) ->
          words(FaultName.SKEW_CLOCK, validator + " " + DurationText.signed(offset));
      case Fault.JumpClock(int validator, var by) ->
          words(FaultName.JUMP_CLOCK, validator + " " + DurationText.signed(by));
      case Fault.Corrupt(int validator, var behaviour) ->
          words(FaultName.CORRUPT, validator + " " + word(behaviour));
    };
  }

  private static String words(FaultName name, Object rest) {
    return name.word() + " " + rest;
  }

  private static String range(Duration min, Duration max) {
    return DurationText.of(min) + ".." + DurationText.of(max);
  }

  static String indices(List<Integer> indices) {
    return indices.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  static String word(Tail tail) {
    return lower(tail.name());
  }

  static String word(Behaviour behaviour) {
    return behaviour.label();
  }

  static String lower(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
