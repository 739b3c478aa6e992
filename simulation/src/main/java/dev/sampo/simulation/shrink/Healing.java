package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What makes things right again. A run that must recover keeps it: without it every machine would
 * violate what is asked of the time after.
 */
final class Healing {

  private Healing() {}

  static boolean heals(Fault fault) {
    return switch (fault) {
      case Fault.Heal heal -> true;
      case Fault.Restart restart -> true;
      case Fault.SlowDisk(_, int factor) -> factor == 1;
      case Fault.SkewClock(_, var offset) -> offset.isZero();
      case Fault other -> false;
    };
  }

  /** The faults at the end that make all right again. */
  static List<TimedFault> tail(FaultSchedule schedule) {
    return schedule.faults().stream()
        .filter(timed -> timed.at().equals(schedule.end()) && heals(timed.fault()))
        .toList();
  }

  /** Those of {@code tail} that mend something which {@code troubles} break. */
  static List<TimedFault> needed(List<TimedFault> tail, List<TimedFault> troubles) {
    boolean links = false;
    var validators = new LinkedHashSet<Integer>();
    for (var timed : troubles) {
      links |= isOfLinks(timed.fault());
      if (!isOfLinks(timed.fault())) {
        validators.addAll(Named.by(timed.fault()));
      }
    }
    var needed = new ArrayList<TimedFault>();
    for (var timed : tail) {
      var named = Named.by(timed.fault());
      if (named.isEmpty() ? links : validators.containsAll(named)) {
        needed.add(timed);
      }
    }
    return needed;
  }

  private static boolean isOfLinks(Fault fault) {
    return switch (fault) {
      case Fault.Partition p -> true;
      case Fault.Cut c -> true;
      case Fault.Heal h -> true;
      case Fault.Delay d -> true;
      case Fault.Drop d -> true;
      case Fault.Duplicate d -> true;
      case Fault.Replay r -> true;
      case Fault other -> false;
    };
  }
}
