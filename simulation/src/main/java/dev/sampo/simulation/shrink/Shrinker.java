package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks for a smaller run that violates the same invariant: shorter, with fewer faults, validators
 * and transactions. Each step is kept only if the violation stays and the run costs less, so that
 * the best found so far is an answer at any time.
 */
public final class Shrinker {

  /** How long a search may take unless told otherwise. */
  public static final Duration TIME_MAX = Duration.ofSeconds(60);

  /** A fault takes a reader as long as so many events. */
  private static final long FAULT_COST = 100;

  /** Other seeds that are tried where a change leaves nothing of the luck of the old one. */
  private static final int OTHER_SEEDS = 6;

  private static final int LUCKY_SEEDS = 40;

  private static final int SHARES = 32;

  private final Machines machines;
  private final LongSupplier nanos;
  private final long deadline;
  private final String invariant;
  private Candidate best;
  private RunResult bestResult;
  private int runs;

  private Shrinker(RunResult before, Machines machines, Duration time, LongSupplier nanos) {
    this.machines = machines;
    this.nanos = nanos;
    this.deadline = nanos.getAsLong() + time.toNanos();
    this.invariant = before.violations().getFirst().invariant();
    this.best = new Candidate(before.settings(), before.schedule());
    this.bestResult = before;
  }

  /**
   * Shrinks a run; the search ends after {@code time} by the clock {@code nanos}.
   *
   * @throws IllegalArgumentException if the run violates nothing
   */
  public static Shrunk shrink(
      SimulationSettings settings,
      FaultSchedule schedule,
      Machines machines,
      Duration time,
      LongSupplier nanos) {
    var before = Simulation.run(settings, schedule, machines);
    if (before.isClean()) {
      throw new IllegalArgumentException("nothing to shrink: the run violates no invariant");
    }
    var shrinker = new Shrinker(before, machines, time, nanos);
    shrinker.search();
    return new Shrunk(shrinker.invariant, before, shrinker.bestResult, shrinker.runs);
  }

  private void search() {
    forgoRecovery();
    cut();
    long cost;
    do {
      cost = cost(bestResult);
      squeeze();
      dropFaults();
      fewerValidators();
      fewerTransactions();
      weaken();
      otherLuck();
      cut();
    } while (cost(bestResult) < cost && isTimeLeft());
  }

  /** A rule of safety needs no time after the faults. */
  private void forgoRecovery() {
    if (best.mustRecover()) {
      accept(best.with(best.settings().withProfile(Profile.UNBOUNDED)), true);
    }
  }

  private void cut() {
    var end = bestResult.violations().getFirst().at().plusMillis(1);
    accept(best.endingAt(end), false);
  }

  /** Another seed may show the same earlier. */
  private void otherLuck() {
    for (long seed = 1; seed <= LUCKY_SEEDS && isTimeLeft(); seed++) {
      accept(best.withSeed(seed), false);
    }
  }

  /** The shortest share of the time that shows it, by this seed's luck or another's. */
  private void squeeze() {
    for (int share = 1; share < SHARES && isTimeLeft(); share += Math.max(1, share / 3)) {
      if (acceptOnSomeSeed(best.squeezed(share, SHARES))) {
        return;
      }
    }
  }

  private void fewerValidators() {
    for (int count = 1; count < best.settings().validators(); count++) {
      if (acceptOnSomeSeed(best.withValidators(count))) {
        return;
      }
    }
  }

  private void fewerTransactions() {
    int most = best.settings().transactions();
    for (int count = 0; count < most; count += Math.max(1, count / 2)) {
      if (acceptOnSomeSeed(best.with(best.settings().withTransactions(count)))) {
        return;
      }
    }
  }

  /** Delta debugging: leaves out ever smaller parts until no single fault can be spared. */
  private void dropFaults() {
    int size = Math.max(1, troubles().size() / 2);
    while (isTimeLeft()) {
      boolean dropped = false;
      for (int at = 0; at < troubles().size() && isTimeLeft(); ) {
        if (accept(without(at, size), false)) {
          dropped = true;
        } else {
          at += size;
        }
      }
      if (size == 1 && !dropped) {
        return;
      }
      size = Math.max(1, size / 2);
    }
  }

  private void weaken() {
    for (int at = 0; at < troubles().size(); at++) {
      int place = at;
      boolean weaker = true;
      while (weaker && isTimeLeft()) {
        weaker =
            Weaker.half(troubles().get(place).fault())
                .map(
                    half -> {
                      var faults = new ArrayList<>(troubles());
                      faults.set(place, new TimedFault(faults.get(place).at(), half));
                      return accept(healed(faults), true);
                    })
                .orElse(false);
      }
    }
  }

  private Candidate without(int from, int size) {
    var faults = new ArrayList<>(troubles());
    faults.subList(from, Math.min(faults.size(), from + size)).clear();
    return healed(faults);
  }

  /** All faults, but for those at the end that a run needs to recover. */
  private List<TimedFault> troubles() {
    var faults = new ArrayList<>(best.schedule().faults());
    if (best.mustRecover()) {
      faults.removeAll(Healing.tail(best.schedule()));
    }
    return faults;
  }

  private Candidate healed(List<TimedFault> troubles) {
    var faults = new ArrayList<>(troubles);
    if (best.mustRecover()) {
      faults.addAll(Healing.needed(Healing.tail(best.schedule()), troubles));
    }
    return best.with(faults);
  }

  private boolean acceptOnSomeSeed(Candidate smaller) {
    boolean accepted = accept(smaller, false);
    for (long seed = 1; seed <= OTHER_SEEDS && !accepted && isTimeLeft(); seed++) {
      accepted = accept(smaller.withSeed(seed), false);
    }
    return accepted;
  }

  /** Takes it if it violates the same and costs less, or no more if {@code evenIfEqual}. */
  private boolean accept(Candidate candidate, boolean evenIfEqual) {
    if (candidate.equals(best) || !isTimeLeft()) {
      return false;
    }
    runs++;
    var result = Simulation.run(candidate.settings(), candidate.schedule(), machines);
    boolean same =
        result.violations().stream().anyMatch(found -> found.invariant().equals(invariant));
    long most = cost(bestResult) + (evenIfEqual ? 1 : 0);
    if (!same || cost(result) >= most) {
      return false;
    }
    best = candidate;
    bestResult = result;
    return true;
  }

  private boolean isTimeLeft() {
    return nanos.getAsLong() < deadline;
  }

  private static long cost(RunResult result) {
    return result.events() + FAULT_COST * result.schedule().size();
  }
}
