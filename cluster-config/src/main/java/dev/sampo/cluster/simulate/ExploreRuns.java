package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.simulation.explore.Exploration;
import dev.sampo.simulation.explore.ExplorationResult;
import dev.sampo.simulation.explore.ExplorationResult.Violation;
import dev.sampo.simulation.explore.ExplorationSettings;
import dev.sampo.simulation.explore.ExplorationSettings.Share;
import dev.sampo.simulation.explore.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Runs the bounded scenarios of four validators and reports on them. */
public final class ExploreRuns {

  private static final long PROGRESS_EVERY = 50_000;
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  private final Console console;
  private final AtomicLong runs = new AtomicLong();
  private final long startNanos = System.nanoTime();

  public ExploreRuns(Console console) {
    this.console = console;
  }

  /** Explores a share such as {@code 1/20}; all if it is {@code 1/1}. */
  public ExitCode explore(String text) throws InterruptedException {
    var share = share(text);
    var results = new ArrayList<ExplorationResult>();
    SideBySide.run(
        worker -> explore(part(share, (int) worker)),
        worker -> worker < SideBySide.WORKERS,
        results::add);
    var violations =
        results.stream()
            .flatMap(result -> result.violations().stream())
            .map(ExploreRuns::violation)
            .toList();
    var json = json(text, results, violations);
    console.answer(text(json), json);
    return violations.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Runs one scenario again, by its line. */
  public ExitCode replay(String line) {
    var broken = Exploration.replay(scenario(line));
    var json = new LinkedHashMap<String, Object>();
    json.put("scenario", line);
    json.put("violations", broken.map(List::of).orElse(List.of()));
    console.answer(broken.map(reason -> "VIOLATED  " + reason).orElse("CLEAN"), json);
    return broken.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private ExplorationResult explore(Share share) {
    var settings = ExplorationSettings.FULL.share(share.part(), share.of());
    return Exploration.run(settings, SimplexEngine::new, this::ran);
  }

  private void ran(Optional<Violation> found) {
    found.ifPresent(
        broken ->
            console.say("VIOLATION  " + broken.reason() + "; " + commandFor(broken.scenario())));
    long count = runs.incrementAndGet();
    if (count % PROGRESS_EVERY == 0) {
      console.say(
          String.format(Locale.ROOT, "%d scenarios run, %.0f a second", count, count / seconds()));
    }
  }

  /** One part of a share: those of all workers together are the share. */
  static Share part(Share share, int worker) {
    return new Share(share.part() + worker * share.of(), share.of() * SideBySide.WORKERS);
  }

  private static Share share(String text) {
    var match = SHARE.matcher(text);
    if (!match.matches()) {
      throw SeedRequest.usage("'" + text + "' is not a share such as 3/20");
    }
    try {
      return new Share(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    } catch (IllegalArgumentException none) {
      throw SeedRequest.usage(String.valueOf(none.getMessage()));
    }
  }

  private static Scenario scenario(String line) {
    try {
      return Scenario.parse(line);
    } catch (IllegalArgumentException none) {
      throw SeedRequest.usage("'" + line + "': " + none.getMessage());
    }
  }

  private Map<String, Object> json(
      String share, List<ExplorationResult> results, List<Map<String, Object>> violations) {
    long ran = results.stream().mapToLong(ExplorationResult::run).sum();
    long covered = results.stream().mapToLong(ExplorationResult::covered).sum();
    var json = new LinkedHashMap<String, Object>();
    json.put("share", share);
    json.put("enumerated", results.getFirst().enumerated());
    json.put("after_symmetry", results.getFirst().reduced());
    json.put("covered", covered);
    json.put("run", ran);
    json.put("events", results.stream().mapToLong(ExplorationResult::events).sum());
    json.put("violations", violations.size());
    json.put("elapsed_s", Math.round(seconds() * 1000) / 1000.0);
    json.put("run_per_second", Math.round(ran / seconds()));
    json.put("violating", violations);
    return json;
  }

  private static String text(Map<String, Object> json) {
    return "%s scenarios, %s after symmetry; %s of them covered by %s runs in %s s; %s violations"
        .formatted(
            json.get("enumerated"),
            json.get("after_symmetry"),
            json.get("covered"),
            json.get("run"),
            json.get("elapsed_s"),
            json.get("violations"));
  }

  private static Map<String, Object> violation(Violation found) {
    var json = new LinkedHashMap<String, Object>();
    json.put("reason", found.reason());
    json.put("replay", commandFor(found.scenario()));
    return json;
  }

  private static String commandFor(Scenario scenario) {
    return "./sampo simulate --explore --scenario '" + scenario.line() + "'";
  }

  private double seconds() {
    return Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
  }
}
