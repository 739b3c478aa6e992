package dev.sampo.simulation.chart;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs a schedule again and draws what happened last in it, up to the violation: one file, XHTML
 * with an SVG inside, that needs nothing from elsewhere.
 */
public final class SequenceChart {

  /** So many rows a browser still scrolls with ease. */
  public static final int ROWS_MAX = 2_000;

  private SequenceChart() {}

  /**
   * The chart of the last {@code rows} things that happened.
   *
   * @throws IllegalArgumentException unless {@code rows} is 1 to {@link #ROWS_MAX}
   */
  public static String draw(
      SimulationSettings settings, FaultSchedule schedule, Machines machines, int rows) {
    if (rows < 1 || rows > ROWS_MAX) {
      throw new IllegalArgumentException("a chart has 1 to " + ROWS_MAX + " rows, not " + rows);
    }
    int clients = settings.validators();
    var recorder = new Recorder(clients, rows);
    var world = new World(settings, schedule, machines, List.of(recorder));
    world.run();
    var title =
        "Seed %d, %d validators, %d faults, %d events"
            .formatted(settings.seed(), settings.validators(), schedule.size(), world.events());
    return new Drawing(title, clients, entries(recorder.entries(), schedule, world)).html();
  }

  /** What was seen, the faults of that time, and what was wrong at its end. */
  private static List<Entry> entries(List<Entry> seen, FaultSchedule schedule, World world) {
    var all = new ArrayList<>(seen);
    long from = seen.isEmpty() ? 0 : seen.getFirst().nanos();
    for (var timed : schedule.faults()) {
      long at = timed.at().toNanos();
      if (at >= from && at <= world.time().toNanos()) {
        all.add(Entry.of(at, columnOf(timed.fault()), Entry.Kind.FAULT, timed.fault().toString()));
      }
    }
    all.sort(Comparator.comparingLong(Entry::nanos));
    for (var violation : world.violations()) {
      all.add(
          Entry.of(
              violation.at().toNanos(),
              Entry.EVERYWHERE,
              Entry.Kind.VIOLATION,
              violation.toString()));
    }
    return all;
  }

  private static int columnOf(Fault fault) {
    return switch (fault) {
      case Fault.Crash crash -> crash.validator();
      case Fault.Restart restart -> restart.validator();
      case Fault.Pause pause -> pause.validator();
      case Fault.SlowDisk slow -> slow.validator();
      case Fault.FailDisk fail -> fail.validator();
      case Fault.RotBit rot -> rot.validator();
      case Fault.MisdirectWrite misdirected -> misdirected.validator();
      case Fault.WipeDisk wipe -> wipe.validator();
      case Fault.RecoverDisk recover -> recover.validator();
      case Fault.StartCopy copy -> copy.validator();
      case Fault.RollBackDisk back -> back.validator();
      case Fault.SkewClock skew -> skew.validator();
      case Fault.JumpClock jump -> jump.validator();
      case Fault.Corrupt corrupt -> corrupt.validator();
      case Fault.Partition p -> Entry.EVERYWHERE;
      case Fault.Cut c -> Entry.EVERYWHERE;
      case Fault.Heal h -> Entry.EVERYWHERE;
      case Fault.Delay d -> Entry.EVERYWHERE;
      case Fault.Drop d -> Entry.EVERYWHERE;
      case Fault.Duplicate d -> Entry.EVERYWHERE;
      case Fault.Replay r -> Entry.EVERYWHERE;
    };
  }
}
