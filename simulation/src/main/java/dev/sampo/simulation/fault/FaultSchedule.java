package dev.sampo.simulation.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All faults of a run, in the order of their times. A run is its seed, its settings and its
 * schedule, so that faults can be left out of it without changing what else is random.
 */
public record FaultSchedule(List<TimedFault> faults) {

  public static final FaultSchedule NONE = new FaultSchedule(List.of());

  public FaultSchedule {
    var sorted = new ArrayList<>(faults);
    // Stable: faults of one moment keep their order.
    sorted.sort(Comparator.comparing(TimedFault::at));
    faults = List.copyOf(sorted);
  }

  public static FaultSchedule of(TimedFault... faults) {
    return new FaultSchedule(List.of(faults));
  }

  /** The same schedule with one fault more. */
  public FaultSchedule with(Duration at, Fault fault) {
    var more = new ArrayList<>(faults);
    more.add(new TimedFault(at, fault));
    return new FaultSchedule(more);
  }

  /** The same schedule without the fault at this place of {@link #faults}. */
  public FaultSchedule without(int place) {
    var fewer = new ArrayList<>(faults);
    fewer.remove(place);
    return new FaultSchedule(fewer);
  }

  public int size() {
    return faults.size();
  }

  /** When the last fault happens; zero if there is none. */
  public Duration end() {
    return faults.isEmpty() ? Duration.ZERO : faults.getLast().at();
  }
}
