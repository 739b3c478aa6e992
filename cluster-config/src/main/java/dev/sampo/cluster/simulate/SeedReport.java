package dev.sampo.cluster.simulate;

import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What many runs showed, for people and for programs.
 *
 * @param coreTime what all cores together spent on it
 */
record SeedReport(SeedRequest request, Tally tally, Duration elapsed, Duration coreTime) {

  private static final double SECONDS_PER_HOUR = 3600;

  String text() {
    return String.format(
        Locale.ROOT,
        "%s  %d seeds, %d violations; %.0f commits a seed, %.1f simulated hours in %.1f s; events"
            + " %016x",
        tally.violations() == 0 ? "CLEAN" : "VIOLATED",
        tally.seeds(),
        tally.violations(),
        perSeed(tally.commits()),
        simulatedHours(),
        seconds(),
        tally.eventHash());
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("seeds", tally.seeds());
    json.put("first_seed", request.first());
    json.put("violations", tally.violations());
    json.put("commits", tally.commits());
    json.put("commits_per_seed", rounded(perSeed(tally.commits())));
    json.put("events", tally.events());
    json.put("simulated_hours", rounded(simulatedHours()));
    json.put("elapsed_s", rounded(seconds()));
    json.put("core_s", rounded(coreTime.toNanos() / 1e9));
    json.put("workers", SideBySide.WORKERS);
    json.put("seeds_per_core_hour", Math.round(tally.seeds() / coreHours()));
    json.put("simulated_per_core_time", Math.round(simulatedHours() / coreHours()));
    json.put("simulated_to_real", Math.round(simulatedHours() * SECONDS_PER_HOUR / seconds()));
    json.put("event_hash", String.format(Locale.ROOT, "%016x", tally.eventHash()));
    json.put("sometimes", tally.sometimes());
    json.put("never", tally.never());
    json.put("violating", tally.violating().stream().map(this::violating).toList());
    return json;
  }

  private Map<String, Object> violating(RunResult run) {
    var json = new LinkedHashMap<String, Object>();
    json.put("seed", run.settings().seed());
    json.put("violations", run.violations().stream().map(SeedReport::violation).toList());
    json.put("replay", request.replay(run.settings().seed()));
    return json;
  }

  private static Map<String, Object> violation(Violation violation) {
    var json = new LinkedHashMap<String, Object>();
    json.put("invariant", violation.invariant());
    json.put("message", violation.message());
    json.put("at_ms", violation.at().toMillis());
    json.put("event", violation.event());
    return json;
  }

  private double perSeed(long count) {
    return (double) count / Math.max(1, tally.seeds());
  }

  private double simulatedHours() {
    return tally.simulated().toMillis() / 1000.0 / SECONDS_PER_HOUR;
  }

  private double seconds() {
    return elapsed.toNanos() / 1e9;
  }

  private double coreHours() {
    return coreTime.toNanos() / 1e9 / SECONDS_PER_HOUR;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
