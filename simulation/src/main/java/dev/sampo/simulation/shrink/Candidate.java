package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run that may be smaller and still violate the invariant. */
record Candidate(SimulationSettings settings, FaultSchedule schedule) {

  Candidate with(List<TimedFault> faults) {
    return new Candidate(settings, new FaultSchedule(faults));
  }

  Candidate with(SimulationSettings others) {
    return new Candidate(others, schedule);
  }

  Candidate withSeed(long seed) {
    return with(
        new SimulationSettings(
            seed,
            settings.validators(),
            settings.profile(),
            settings.families(),
            settings.behaviours(),
            settings.transactions(),
            settings.duration()));
  }

  boolean mustRecover() {
    return settings.profile() == Profile.RECOVERABLE;
  }

  /** The same in a share of the time: all moments, and all that lasts, that much shorter. */
  Candidate squeezed(int parts, int of) {
    var faults = new ArrayList<TimedFault>();
    for (var timed : schedule.faults()) {
      var fault = Weaker.lasting(timed.fault(), length -> share(length, parts, of));
      faults.add(new TimedFault(share(timed.at(), parts, of), fault));
    }
    int transactions = (settings.transactions() * parts + of - 1) / of;
    return new Candidate(
        settings.withTransactions(transactions).withDuration(share(settings.duration(), parts, of)),
        new FaultSchedule(faults));
  }

  /** The same cut off at this time; what heals later than that heals then. */
  Candidate endingAt(Duration end) {
    if (end.compareTo(settings.duration()) >= 0) {
      return this;
    }
    var faults = new ArrayList<TimedFault>();
    for (var timed : schedule.faults()) {
      if (timed.at().compareTo(end) <= 0) {
        faults.add(timed);
      } else if (Healing.heals(timed.fault())) {
        faults.add(new TimedFault(end, timed.fault()));
      }
    }
    long share = settings.transactions() * end.toMillis();
    int transactions = (int) (share / Math.max(1, settings.duration().toMillis())) + 1;
    return new Candidate(
        settings.withTransactions(transactions).withDuration(end), new FaultSchedule(faults));
  }

  /** The same with only the first validators, and the faults of those. */
  Candidate withValidators(int count) {
    var faults =
        schedule.faults().stream()
            .filter(timed -> Named.by(timed.fault()).stream().allMatch(index -> index < count))
            .toList();
    return new Candidate(settings.withValidators(count), new FaultSchedule(faults));
  }

  private static Duration share(Duration all, int parts, int of) {
    return all.multipliedBy(parts).dividedBy(of);
  }
}
