package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.crossledger.NetworkRun;
import dev.sampo.simulation.crossledger.NetworkSettings;
import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.FaultFamily;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Which seeds to run, and with what.
 *
 * @param seeds so many at most, from {@code first} on
 * @param longest no new seed is begun after so long
 * @param validators in every run; by the seed if nothing is said
 * @param faults names of fault families that may be drawn; all of them if nothing is said
 * @param liars names of behaviours that Byzantine validators may have; all if nothing is said
 * @param ledgers so many that send each other packets; one alone if nothing is said
 * @param shrinking how long a smaller run is looked for after a violation; zero for not at all
 */
public record SeedRequest(
    long first,
    long seeds,
    Optional<Duration> longest,
    OptionalInt validators,
    List<String> faults,
    List<String> liars,
    Optional<LedgerCount> ledgers,
    Duration shrinking) {

  /** Throws {@link CommandFailed} with all that is wrong. */
  public SeedRequest {
    faults = List.copyOf(faults);
    liars = List.copyOf(liars);
    if (seeds < 1) {
      throw usage("--seeds is at least 1");
    }
    if (longest.isPresent() && !longest.get().isPositive()) {
      throw usage("--for is more than nothing");
    }
    if (shrinking.isNegative()) {
      throw usage("--shrink is not negative");
    }
    int most =
        ledgers.isPresent() ? NetworkSettings.VALIDATORS_MAX : SimulationSettings.VALIDATORS_MAX;
    if (validators.isPresent() && (validators.getAsInt() < 1 || validators.getAsInt() > most)) {
      throw usage("--validators is 1 to " + most + (ledgers.isPresent() ? " with --ledgers" : ""));
    }
    var unknown = faults.stream().filter(name -> FaultFamily.named(name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw usage("no such faults: " + String.join(", ", unknown) + "; there are " + faultNames());
    }
    var nobody = liars.stream().filter(name -> !liarNames().contains(name)).toList();
    if (!nobody.isEmpty()) {
      throw usage(
          "no such liars: %s; there are %s"
              .formatted(String.join(", ", nobody), String.join(", ", liarNames())));
    }
  }

  /** The names of all fault families, separated by commas. */
  public static String faultNames() {
    return Arrays.stream(FaultFamily.values())
        .map(FaultFamily::label)
        .collect(Collectors.joining(", "));
  }

  /** Those that family {@code byzantine} draws; twins are a family of their own. */
  private static List<String> liarNames() {
    return Arrays.stream(Behaviour.values())
        .filter(behaviour -> behaviour != Behaviour.TWIN)
        .map(Behaviour::label)
        .toList();
  }

  /** Runs one seed of the request. */
  RunResult run(long seed) {
    return ledgers
        .map(count -> NetworkRun.run(NetworkSettings.of(settings(seed), count.of(seed))))
        .orElseGet(() -> Simulation.run(settings(seed)));
  }

  private SimulationSettings settings(long seed) {
    var settings = SimulationSettings.of(seed);
    if (validators.isPresent()) {
      settings = settings.withValidators(validators.getAsInt());
    }
    if (!faults.isEmpty()) {
      settings =
          settings.withFamilies(
              faults.stream().map(FaultFamily::named).flatMap(Optional::stream).toList());
    }
    return liars.isEmpty()
        ? settings
        : settings.withBehaviours(
            liars.stream().map(Behaviour::named).flatMap(Optional::stream).toList());
  }

  /** The command that runs this seed of the request once more, and nothing else. */
  String replay(long seed) {
    var command = new StringBuilder("./sampo simulate --seed ").append(SeedText.of(seed));
    ledgers.ifPresent(count -> command.append(" --ledgers ").append(count.of(seed)));
    validators.ifPresent(count -> command.append(" --validators ").append(count));
    if (!faults.isEmpty()) {
      command.append(" --faults ").append(String.join(",", faults));
    }
    if (!liars.isEmpty()) {
      command.append(" --liars ").append(String.join(",", liars));
    }
    return command.toString();
  }

  static CommandFailed usage(String message) {
    return new CommandFailed(ExitCode.USAGE, message);
  }
}
