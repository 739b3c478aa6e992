package dev.sampo.cluster.cli;

import dev.sampo.cluster.simulate.DeploymentRuns;
import dev.sampo.cluster.simulate.ExploreRuns;
import dev.sampo.cluster.simulate.LedgerCount;
import dev.sampo.cluster.simulate.SeedRequest;
import dev.sampo.cluster.simulate.SeedRuns;
import dev.sampo.cluster.simulate.SeedText;
import dev.sampo.cluster.simulate.WanRuns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Runs whole ledgers in virtual time under faults drawn from seeds, and checks every event.",
      "Exit code 1 if an invariant was violated; the seed and the command to repeat it are told."
    })
final class SimulateCommand implements Callable<Integer> {

  private static final long SEEDS = 100;
  private static final List<Integer> WAN_VALIDATORS = List.of(4, 16, 64, 100);
  private static final Duration WAN_DELAY = Duration.ofMillis(40);

  @Option(names = "--seeds", paramLabel = "N", description = "Run the seeds 1 to N. Default: 100.")
  private @Nullable Long seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Run this seed alone, such as 17 or v5:17.")
  private @Nullable String seed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Run seeds from 1 on for so long, such as 10m.")
  private @Nullable Duration longest;

  @Option(
      names = "--validators",
      paramLabel = "N",
      split = ",",
      description = {
        "1 to 16 in every run. Default: by the seed, mostly 4.",
        "With --wan: several numbers up to 128. Default: 4,16,64,100."
      })
  private List<Integer> validators = List.of();

  @Option(
      names = "--ledgers",
      paramLabel = "N[-M]",
      description = {
        "2 to 8 ledgers, or by the seed as many as a range such as 3-8 has, that send each",
        "other packets, each with its own faults, and relayers of whom one lies. At most 7"
            + " validators each. Default: one ledger alone."
      })
  private @Nullable String ledgers;

  @Option(
      names = "--faults",
      paramLabel = "NAME",
      split = ",",
      description = "Draw from these families of faults only. Default: all of them.")
  private List<String> faults = List.of();

  @Option(
      names = "--liars",
      paramLabel = "NAME",
      split = ",",
      description = "Byzantine validators lie in these ways only. Default: all that there are.")
  private List<String> liars = List.of();

  @Option(
      names = "--shrink",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = {
        "After a violation: look for a smaller run for so long, 0s for not at all. Default: 60s.",
        "Its chart and a test of it are written to the folder 'violations'."
      })
  private Duration shrinking = Duration.ofSeconds(60);

  @Option(
      names = "--explore",
      description = "Instead of seeds: every bounded scenario of four validators and three views.")
  private boolean explore;

  @Option(
      names = "--share",
      paramLabel = "K/M",
      description = "With --explore: only part K of M equal ones.")
  private @Nullable String share;

  @Option(
      names = "--scenario",
      paramLabel = "LINE",
      description = "With --explore: repeat this scenario alone.")
  private @Nullable String scenario;

  @Option(
      names = "--wan",
      description = "Instead of seeds: what finality takes where every message takes equally long.")
  private boolean wan;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "With --wan: how long a message takes one way. Default: 40ms.")
  private @Nullable Duration delay;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws InterruptedException {
    Usage.require(
        deployment.isAsked()
            || Stream.of(seeds, seed, longest).filter(given -> given != null).count() <= 1,
        "only one of --seeds, --seed and --for");
    Usage.require(explore || (share == null && scenario == null), "--share, --scenario: --explore");
    Usage.require(share == null || scenario == null, "only one of --share and --scenario");
    Usage.require(wan || delay == null, "--delay: --wan");
    Usage.require(
        Stream.of(wan, explore, deployment.isAsked()).filter(asked -> asked).count() <= 1,
        "only one of --wan, --explore and --deployment");
    Usage.require(
        !deployment.isHalf(), "--loads, --cores, --link-mbit, --between-mbit: --deployment");
    if (deployment.isAsked()) {
      Usage.require(
          seeds == null && ledgers == null && isWithoutFaults() && validators.isEmpty(),
          "--deployment says its ledgers and validators; it takes no seeds, faults or liars");
      var request = deployment.request(longest, seed == null ? 1 : SeedText.read(seed));
      return new DeploymentRuns(request, output.console()).run().number();
    }
    if (wan) {
      Usage.require(
          isWithoutSeeds(),
          "--wan runs ledgers without faults; it takes no seeds, ledgers, faults or liars");
      var sizes = validators.isEmpty() ? WAN_VALIDATORS : validators;
      return new WanRuns(sizes, delay == null ? WAN_DELAY : delay, output.console()).run().number();
    }
    if (explore) {
      Usage.require(
          isWithoutSeeds() && validators.isEmpty(),
          "--explore enumerates scenarios; it takes no seeds, ledgers, validators, faults or"
              + " liars");
      var runs = new ExploreRuns(output.console());
      return (scenario != null
              ? runs.replay(scenario)
              : runs.explore(share == null ? "1/1" : share))
          .number();
    }
    return new SeedRuns(request(), output.console()).run().number();
  }

  private boolean isWithoutSeeds() {
    return Stream.of(seeds, seed, longest, ledgers).allMatch(given -> given == null)
        && isWithoutFaults();
  }

  private boolean isWithoutFaults() {
    return faults.isEmpty() && liars.isEmpty();
  }

  private SeedRequest request() {
    Usage.require(validators.size() <= 1, "--validators: one number, unless with --wan");
    long count = longest != null ? Long.MAX_VALUE : seeds == null ? SEEDS : seeds;
    return new SeedRequest(
        seed == null ? 1 : SeedText.read(seed),
        seed == null ? count : 1,
        Optional.ofNullable(longest),
        validators.isEmpty() ? OptionalInt.empty() : OptionalInt.of(validators.getFirst()),
        faults,
        liars,
        Optional.ofNullable(ledgers).map(LedgerCount::read),
        shrinking);
  }
}
