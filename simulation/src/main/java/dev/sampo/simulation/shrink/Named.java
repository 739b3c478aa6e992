package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import java.util.List;
import java.util.stream.IntStream;

/** Which validators a fault names. */
final class Named {

  private Named() {}

  static List<Integer> by(Fault fault) {
    return switch (fault) {
      case Fault.Partition(var groups) -> groups.stream().flatMap(List::stream).toList();
      case Fault.Cut(int from, int to) -> List.of(from, to);
      case Fault.Heal heal -> List.of();
      case Fault.Delay delay -> ends(delay.link());
      case Fault.Drop drop -> ends(drop.link());
      case Fault.Duplicate duplicate -> ends(duplicate.link());
      case Fault.Replay replay -> ends(replay.link());
      case Fault.Crash crash -> List.of(crash.validator());
      case Fault.Restart restart -> List.of(restart.validator());
      case Fault.Pause pause -> List.of(pause.validator());
      case Fault.SlowDisk slow -> List.of(slow.validator());
      case Fault.FailDisk fail -> List.of(fail.validator());
      case Fault.RotBit rot -> List.of(rot.validator());
      case Fault.MisdirectWrite misdirected -> List.of(misdirected.validator());
      case Fault.WipeDisk wipe -> List.of(wipe.validator());
      case Fault.RecoverDisk recover -> List.of(recover.validator());
      case Fault.StartCopy copy -> List.of(copy.validator());
      case Fault.RollBackDisk back -> List.of(back.validator());
      case Fault.SkewClock skew -> List.of(skew.validator());
      case Fault.JumpClock jump -> List.of(jump.validator());
      case Fault.Corrupt corrupt -> List.of(corrupt.validator());
    };
  }

  private static List<Integer> ends(Link link) {
    return IntStream.concat(link.from().stream(), link.to().stream()).boxed().toList();
  }
}
