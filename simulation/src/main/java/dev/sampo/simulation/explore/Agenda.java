package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.TimerId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What happens next: what a machine does within itself first, then messages in the order in which
 * they were sent, then timers. Time moves only between these.
 */
final class Agenda {

  /** An input for a machine in one of its lives. */
  record Entry(Machine machine, int life, Input input) {}

  private record Arrival(long at, Entry entry) {}

  private record Alarm(long at, long number, Machine machine, int life, TimerId timer) {}

  private final ArrayDeque<Entry> local = new ArrayDeque<>();
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
  private long nanos;
  private long numbered;

  long nanos() {
    return nanos;
  }

  void locally(Machine machine, Input input) {
    local.add(new Entry(machine, machine.life(), input));
  }

  /** All messages travel equally long, so that they arrive in the order in which they were sent. */
  void arrives(Machine machine, Input input, long delay) {
    arrivals.add(new Arrival(nanos + delay, new Entry(machine, machine.life(), input)));
  }

  void alarm(Machine machine, TimerId timer, long delay) {
    var alarm = new Alarm(nanos + delay, numbered++, machine, machine.life(), timer);
    machine.armed(timer, alarm.number());
    alarms.add(alarm);
  }

  /** The next input for a machine that still lives the life it was meant for. */
  Optional<Entry> next() {
    while (true) {
      var entry = taken();
      if (entry.isEmpty() || entry.get().life() == entry.get().machine().life()) {
        return entry;
      }
    }
  }

  private Optional<Entry> taken() {
    if (!local.isEmpty()) {
      return Optional.of(local.remove());
    }
    while (!alarms.isEmpty() && !isDue(alarms.element())) {
      alarms.remove();
    }
    var arrival = Optional.ofNullable(arrivals.peek());
    var alarm = Optional.ofNullable(alarms.peek());
    boolean messageFirst =
        arrival.isPresent() && (alarm.isEmpty() || arrival.get().at() <= alarm.get().at());
    if (messageFirst) {
      nanos = arrivals.remove().at();
      return arrival.map(Arrival::entry);
    }
    return alarm.map(this::rung);
  }

  private Entry rung(Alarm alarm) {
    alarms.remove();
    nanos = alarm.at();
    alarm.machine().disarmed(alarm.timer());
    return new Entry(alarm.machine(), alarm.life(), new Input.TimerFired(alarm.timer()));
  }

  private static boolean isDue(Alarm alarm) {
    return alarm.life() == alarm.machine().life()
        && alarm.machine().isArmed(alarm.timer(), alarm.number());
  }
}
