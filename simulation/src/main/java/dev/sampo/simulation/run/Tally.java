package dev.sampo.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up the runs of seeds that follow each other. What it says in the end does not depend on the
 * order in which they were added, so that runs may take place side by side. Not thread-safe.
 */
public final class Tally {

  /** So many runs with violations are kept; all are counted. */
  public static final int VIOLATING_MAX = 20;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final TreeMap<Long, Long> hashesAhead = new TreeMap<>();
  private final TreeMap<Long, RunResult> violating = new TreeMap<>();
  private final TreeMap<String, Long> sometimes = new TreeMap<>();
  private long nextSeed;
  private long seeds;
  private long violations;
  private long commits;
  private long events;
  private Duration simulated = Duration.ZERO;
  private long eventHash;

  public Tally(long firstSeed) {
    nextSeed = firstSeed;
  }

  /** Takes the run of a seed that was not yet taken. */
  public void add(RunResult run) {
    long seed = run.settings().seed();
    if (seed < nextSeed || hashesAhead.put(seed, run.eventHash()) != null) {
      throw new IllegalArgumentException("seed " + seed + " was counted before");
    }
    while (hashesAhead.containsKey(nextSeed)) {
      // A rotation between the seeds: their order counts, too.
      eventHash = Long.rotateLeft(eventHash * FACTOR, 29) + hashesAhead.remove(nextSeed);
      nextSeed++;
    }
    seeds++;
    violations += run.violations().size();
    commits += run.commits();
    events += run.events();
    simulated = simulated.plus(run.simulated());
    run.sometimes().forEach((branch, count) -> sometimes.merge(branch, count, Long::sum));
    if (!run.isClean()) {
      violating.put(seed, run);
      if (violating.size() > VIOLATING_MAX) {
        violating.pollLastEntry();
      }
    }
  }

  public long seeds() {
    return seeds;
  }

  public long violations() {
    return violations;
  }

  /** The runs with violations and the lowest seeds, in the order of seeds. */
  public List<RunResult> violating() {
    return List.copyOf(violating.values());
  }

  public long commits() {
    return commits;
  }

  public long events() {
    return events;
  }

  public Duration simulated() {
    return simulated;
  }

  /** Over the hashes of all seeds in their order; complete once no seed between is missing. */
  public long eventHash() {
    return eventHash;
  }

  /** How often each rare branch was taken in all runs, 0 for never. */
  public SortedMap<String, Long> sometimes() {
    return Collections.unmodifiableSortedMap(sometimes);
  }

  /** The rare branches that no run took. */
  public List<String> never() {
    var never = new ArrayList<String>();
    sometimes.forEach(
        (branch, count) -> {
          if (count == 0) {
            never.add(branch);
          }
        });
    return List.copyOf(never);
  }
}
