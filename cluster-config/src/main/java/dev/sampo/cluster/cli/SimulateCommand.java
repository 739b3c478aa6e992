package dev.sampo.cluster.cli;

import dev.sampo.cluster.simulate.ExploreRuns;
import dev.sampo.cluster.simulate.SeedRequest;
import dev.sampo.cluster.simulate.SeedRuns;
import dev.sampo.cluster.simulate.SeedText;
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
      description = "1 to 16 in every run. Default: by the seed, mostly 4.")
  private @Nullable Integer validators;

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

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws InterruptedException {
    Usage.require(
        Stream.of(seeds, seed, longest).filter(given -> given != null).count() <= 1,
        "only one of --seeds, --seed and --for");
    Usage.require(explore || (share == null && scenario == null), "--share, --scenario: --explore");
    Usage.require(share == null || scenario == null, "only one of --share and --scenario");
    if (explore) {
      Usage.require(
          seeds == null
              && seed == null
              && longest == null
              && validators == null
              && faults.isEmpty()
              && liars.isEmpty(),
          "--explore enumerates scenarios; it takes no seeds, validators, faults or liars");
      var runs = new ExploreRuns(output.console());
      return (scenario != null
              ? runs.replay(scenario)
              : runs.explore(share == null ? "1/1" : share))
          .number();
    }
    return new SeedRuns(request(), output.console()).run().number();
  }

  private SeedRequest request() {
    long count = longest != null ? Long.MAX_VALUE : seeds == null ? SEEDS : seeds;
    return new SeedRequest(
        seed == null ? 1 : SeedText.read(seed),
        seed == null ? count : 1,
        Optional.ofNullable(longest),
        validators == null ? OptionalInt.empty() : OptionalInt.of(validators),
        faults,
        liars,
        shrinking);
  }
}
