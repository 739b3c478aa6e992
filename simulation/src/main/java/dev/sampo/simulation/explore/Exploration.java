package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.simulation.explore.ExplorationResult.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs every scenario of a bounded space against real engines, without chance (2.20). */
public final class Exploration {

  /** What a run under a plan with these losses met in its last round. */
  private record Known(Traffic.Losses losses, Traffic traffic) {}

  private final ExplorationSettings settings;
  private final EngineSource source;
  private final Consumer<Optional<Violation>> observer;
  private final Cast cast = Cast.assemble();
  private final List<Violation> violations = new ArrayList<>();
  private long enumerated;
  private long reduced;
  private long covered;
  private long run;
  private long events;

  private Exploration(
      ExplorationSettings settings, EngineSource source, Consumer<Optional<Violation>> observer) {
    this.settings = settings;
    this.source = source;
    this.observer = observer;
  }

  /** Explores the shipped engine. */
  public static ExplorationResult run(ExplorationSettings settings) {
    return run(settings, SimplexEngine::new, run -> {});
  }

  /** {@code observer} is told of each scenario that was run, with the invariant that it broke. */
  public static ExplorationResult run(
      ExplorationSettings settings, EngineSource source, Consumer<Optional<Violation>> observer) {
    return new Exploration(settings, source, observer).explore();
  }

  /** Runs one scenario; what went wrong, if anything did. */
  public static Optional<String> replay(Scenario scenario) {
    return replay(scenario, SimplexEngine::new);
  }

  /** As {@link #replay(Scenario)}, with other engines. */
  public static Optional<String> replay(Scenario scenario, EngineSource source) {
    return new ScenarioRun(Cast.assemble(), scenario, source).violation();
  }

  private ExplorationResult explore() {
    long begun = System.nanoTime();
    for (var family : settings.families()) {
      explore(new Space(family, settings.rounds()));
    }
    var elapsed = Duration.ofNanos(System.nanoTime() - begun);
    return new ExplorationResult(enumerated, reduced, covered, run, events, violations, elapsed);
  }

  private void explore(Space space) {
    long size = space.size();
    enumerated += size;
    var known = new ArrayList<Known>();
    for (long number = 0; number < size; number++) {
      long family = number / space.siblings();
      if (number % space.siblings() == 0) {
        known.clear();
      }
      if (space.isFirst(number)) {
        reduced++;
        if (settings.share().has(family) && !isEnough()) {
          covered++;
          cover(space, number, known);
        }
      }
    }
  }

  /** Runs the scenario unless one that differs only in its last round is bound to run like it. */
  private void cover(Space space, long number, List<Known> known) {
    var losses = Traffic.Losses.of(space.lastPlan(number));
    for (var sibling : known) {
      if (sibling.traffic().cannotTell(sibling.losses(), losses)) {
        return;
      }
    }
    known.add(new Known(losses, attempt(space.scenario(number))));
  }

  private boolean isEnough() {
    return violations.size() >= settings.violationsMax()
        || (settings.scenariosMax() > 0 && covered >= settings.scenariosMax());
  }

  private Traffic attempt(Scenario scenario) {
    var attempt = new ScenarioRun(cast, scenario, source);
    var found = attempt.violation().map(reason -> new Violation(scenario, reason));
    found.ifPresent(violations::add);
    run++;
    events += attempt.events();
    observer.accept(found);
    return attempt.lastRound();
  }
}
