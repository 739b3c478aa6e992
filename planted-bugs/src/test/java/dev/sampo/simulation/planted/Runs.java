package dev.sampo.simulation.planted;

import dev.sampo.simulation.crossledger.NetworkRun;
import dev.sampo.simulation.crossledger.NetworkSettings;
import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.FaultFamily;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which runs are searched: those of the swarm, shorter, and for some bugs with a part of it only.
 *
 * @param profile that of the seed, unless named
 * @param families all, unless some are named
 * @param behaviours all, unless some are named
 * @param ledgers more than one for a network of them, each with its own faults
 */
record Runs(
    int transactions,
    int seconds,
    Optional<String> profile,
    List<String> families,
    List<String> behaviours,
    int ledgers) {

  static final Runs SWARM = new Runs(60, 40, Optional.empty(), List.of(), List.of(), 1);

  /** For bugs that only packets bring to light. */
  static final Runs PACKETS =
      SWARM.only(FaultFamily.PARTITION, FaultFamily.CRASH).lasting(24, 40).across(2);

  /** For bugs that only a third ledger brings to light, or a second way. */
  static final Runs THREE_LEDGERS =
      SWARM.only(FaultFamily.PARTITION, FaultFamily.CRASH).lasting(24, 40).across(3);

  /** For bugs that only a liar brings to light. */
  static final Runs BYZANTINE = SWARM.only(FaultFamily.BYZANTINE).lasting(30, 15);

  /** For bugs that only a message brings to light that comes late. */
  static final Runs LATE = SWARM.only(FaultFamily.LOSS, FaultFamily.DELAY);

  /** For bugs that only a liar brings to light while votes are late. */
  static final Runs LIARS_AND_LOSS =
      SWARM.only(FaultFamily.BYZANTINE, FaultFamily.LOSS, FaultFamily.DELAY).lasting(30, 15);

  /** For bugs that only a damaged disk brings to light, when it serves others. */
  static final Runs ROT = SWARM.only(FaultFamily.BIT_ROT, FaultFamily.CRASH, FaultFamily.PARTITION);

  /** The same, with so much to do that whoever was away lacks many blocks. */
  static final Runs ROT_AND_GAPS = ROT.recoverable().lasting(200, 20);

  /** For bugs that only crashes bring to light. */
  static final Runs CRASHES =
      SWARM.only(FaultFamily.CRASH, FaultFamily.RESTART_STORM, FaultFamily.SLOW_DISK);

  /**
   * For bugs that only a loss of power brings to light after a lost view: with so little to do that
   * most time goes by between such a view and the next block.
   */
  static final Runs STORMS =
      SWARM
          .only(FaultFamily.RESTART_STORM, FaultFamily.BYZANTINE)
          .lying(Behaviour.SILENT_LEADER, Behaviour.MUTE)
          .recoverable()
          .lasting(4, 40);

  /** For bugs that only who comes back from a crash among liars brings to light. */
  static final Runs LIARS_AND_CRASHES =
      SWARM.only(FaultFamily.BYZANTINE, FaultFamily.CRASH, FaultFamily.RESTART_STORM);

  /** For bugs that only who is far behind brings to light. */
  static final Runs GAPS =
      SWARM
          .only(FaultFamily.LOSS, FaultFamily.PARTITION, FaultFamily.CRASH, FaultFamily.BYZANTINE)
          .recoverable();

  /** For bugs that only a lost message brings to light. */
  static final Runs LOSSES = SWARM.only(FaultFamily.LOSS, FaultFamily.PARTITION).recoverable();

  /** For bugs that only a validator brings to light that never comes back. */
  static final Runs ABSENCES =
      SWARM.only(FaultFamily.LOST_DISK, FaultFamily.CRASH, FaultFamily.BYZANTINE).recoverable();

  /** For bugs that only a wrong clock brings to light. */
  static final Runs CLOCKS = SWARM.only(FaultFamily.CLOCK, FaultFamily.PARTITION);

  /** For bugs that only a lost disk brings to light whose validator comes back. */
  static final Runs RECOVERIES =
      SWARM
          .only(FaultFamily.RECOVERY, FaultFamily.LOSS, FaultFamily.PARTITION, FaultFamily.CRASH)
          .lasting(40, 10);

  /** For bugs that only two copies of a validator over one store bring to light. */
  static final Runs COPIES =
      SWARM.only(FaultFamily.SPLIT_BRAIN, FaultFamily.LOSS, FaultFamily.PARTITION).lasting(40, 10);

  /** Without faults and with so much to do that one view follows the other at once. */
  static final Runs BUSY = SWARM.calm().lasting(800, 4);

  Runs {
    families = List.copyOf(families);
    behaviours = List.copyOf(behaviours);
  }

  Runs calm() {
    return new Runs(
        transactions, seconds, Optional.of(Profile.CALM.name()), families, behaviours, ledgers);
  }

  Runs recoverable() {
    return new Runs(
        transactions,
        seconds,
        Optional.of(Profile.RECOVERABLE.name()),
        families,
        behaviours,
        ledgers);
  }

  Runs only(FaultFamily... some) {
    var names = Arrays.stream(some).map(FaultFamily::label).toList();
    return new Runs(transactions, seconds, profile, names, behaviours, ledgers);
  }

  /** With liars of these behaviours only. */
  Runs lying(Behaviour... some) {
    var names = Arrays.stream(some).map(Behaviour::label).toList();
    return new Runs(transactions, seconds, profile, families, names, ledgers);
  }

  Runs lasting(int writes, int time) {
    return new Runs(writes, time, profile, families, behaviours, ledgers);
  }

  /** Each of so many ledgers with as many transactions, which send amounts to the others. */
  Runs across(int count) {
    return new Runs(transactions, seconds, profile, families, behaviours, count);
  }

  RunResult run(long seed) {
    return ledgers > 1
        ? NetworkRun.run(
            NetworkSettings.of(settings(seed), ledgers)
                .lasting(transactions, Duration.ofSeconds(seconds)))
        : Simulation.run(settings(seed));
  }

  private SimulationSettings settings(long seed) {
    var settings =
        SimulationSettings.of(seed)
            .withTransactions(transactions)
            .withDuration(Duration.ofSeconds(seconds));
    if (profile.isPresent()) {
      settings = settings.withProfile(Profile.valueOf(profile.get()));
    }
    if (!families.isEmpty()) {
      settings =
          settings.withFamilies(
              families.stream().map(name -> FaultFamily.named(name).orElseThrow()).toList());
    }
    return behaviours.isEmpty()
        ? settings
        : settings.withBehaviours(
            behaviours.stream().map(name -> Behaviour.named(name).orElseThrow()).toList());
  }

  /** A form that class loaders need not agree upon. */
  List<String> encoded() {
    return List.of(
        Integer.toString(transactions),
        Integer.toString(seconds),
        profile.orElse(""),
        String.join(",", families),
        String.join(",", behaviours),
        Integer.toString(ledgers));
  }

  static Runs decode(List<String> encoded) {
    return new Runs(
        Integer.parseInt(encoded.get(0)),
        Integer.parseInt(encoded.get(1)),
        Optional.of(encoded.get(2)).filter(name -> !name.isEmpty()),
        names(encoded.get(3)),
        names(encoded.get(4)),
        Integer.parseInt(encoded.get(5)));
  }

  private static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(",", -1));
  }

  @Override
  public String toString() {
    var text = new StringBuilder(transactions + " transactions in " + seconds + " s");
    if (ledgers > 1) {
      text.append(" on each of ").append(ledgers).append(" ledgers");
    }
    profile.ifPresent(name -> text.append(", ").append(name));
    if (!families.isEmpty()) {
      text.append(", ").append(String.join(" ", families));
    }
    if (!behaviours.isEmpty()) {
      text.append(", lying: ").append(String.join(" ", behaviours));
    }
    return text.toString();
  }
}
