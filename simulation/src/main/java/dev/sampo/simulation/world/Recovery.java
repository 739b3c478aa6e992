package dev.sampo.simulation.world;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.simulation.invariant.GlobalObserver;
import dev.sampo.simulation.invariant.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes after the faults: all has healed, so that within {@link #LONGEST} everything that was
 * asked for is done and every reliable validator goes on (L1 to L5). Ends as soon as that is so.
 */
final class Recovery {

  private static final Duration LONGEST = Duration.ofMinutes(6);

  /** What every reliable validator must reach. */
  private record Goal(Height height, View view) {}

  private final EventQueue queue;
  private final GlobalObserver observer;
  private final List<SimulatedValidator> reliable;
  private final List<SimulatedClient> clients;

  Recovery(
      EventQueue queue,
      GlobalObserver observer,
      List<SimulatedValidator> reliable,
      List<SimulatedClient> clients) {
    this.queue = queue;
    this.observer = observer;
    this.reliable = List.copyOf(reliable);
    this.clients = List.copyOf(clients);
  }

  void run() {
    long end = queue.nanos() + LONGEST.toNanos();
    var goal = new Goal(observer.height().next(), newestView().next());
    observer.observe(new Observation.Healed(newestView(), observer.height()));
    long begun = queue.happened();
    while (observer.violations().isEmpty() && !isSettled(goal) && queue.next(end)) {
      observer.at(queue.nanos(), queue.happened());
    }
    int busy = (int) clients.stream().filter(SimulatedClient::isBusy).count();
    observer.observe(new Observation.Ended(standings(), busy, queue.happened() - begun));
  }

  /** Asked after every event. */
  private boolean isSettled(Goal goal) {
    for (var client : clients) {
      if (client.isBusy()) {
        return false;
      }
    }
    for (var validator : reliable) {
      if (!reached(validator, goal)) {
        return false;
      }
    }
    return true;
  }

  private static boolean reached(SimulatedValidator validator, Goal goal) {
    var life = validator.life();
    if (life.isEmpty()) {
      return false;
    }
    var status = life.get().consensus().status();
    return !status.finalHeight().isBefore(goal.height) && !status.view().isBefore(goal.view);
  }

  private List<Observation.Standing> standings() {
    var standings = new ArrayList<Observation.Standing>();
    for (var validator : reliable) {
      standings.add(
          validator
              .life()
              .map(life -> life.consensus().status())
              .map(
                  status ->
                      new Observation.Standing(
                          validator.index(), true, status.view(), status.finalHeight()))
              .orElseGet(
                  () ->
                      new Observation.Standing(validator.index(), false, View.ZERO, Height.ZERO)));
    }
    return standings;
  }

  private View newestView() {
    return standings().stream()
        .map(Observation.Standing::view)
        .max(View::compareTo)
        .orElse(View.ZERO);
  }
}
