package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.simulation.explore.ExplorationResult.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Runs every scenario of a bounded space against real engines, without chance (2.20). */
public final class Exploration {

  private final ExplorationSettings settings;
  private final EngineSource source;
  private final LongConsumer progress;
  private final Cast cast = Cast.assemble();
  private final List<Violation> violations = new ArrayList<>();
  private long enumerated;
  private long reduced;
  private long run;
  private long events;

  private Exploration(ExplorationSettings settings, EngineSource source, LongConsumer progress) {
    this.settings = settings;
    this.source = source;
    this.progress = progress;
  }

  /** Explores the shipped engine. */
  public static ExplorationResult run(ExplorationSettings settings) {
    return run(settings, SimplexEngine::new, run -> {});
  }

  /** {@code progress} is told the number of scenarios run, after each one. */
  public static ExplorationResult run(
      ExplorationSettings settings, EngineSource source, LongConsumer progress) {
    return new Exploration(settings, source, progress).explore();
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
    return new ExplorationResult(enumerated, reduced, run, events, violations, elapsed);
  }

  private void explore(Space space) {
    long size = space.size();
    enumerated += size;
    for (long number = 0; number < size; number++) {
      if (space.isFirst(number)) {
        if (settings.share().has(reduced) && !isEnough()) {
          attempt(space.scenario(number));
        }
        reduced++;
      }
    }
  }

  private boolean isEnough() {
    return violations.size() >= settings.violationsMax()
        || (settings.scenariosMax() > 0 && run >= settings.scenariosMax());
  }

  private void attempt(Scenario scenario) {
    var attempt = new ScenarioRun(cast, scenario, source);
    attempt.violation().ifPresent(reason -> violations.add(new Violation(scenario, reason)));
    run++;
    events += attempt.events();
    progress.accept(run);
  }
}
