package dev.sampo.benchmarks;

import dev.sampo.benchmarks.micro.MicroBenchmarks;
import dev.sampo.benchmarks.micro.MicroPlan;
import dev.sampo.cluster.cli.DurationText;
import dev.sampo.cluster.cli.OutputOptions;
import dev.sampo.cluster.cli.Usage;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "micro",
    description = {
      "Measures single parts by JMH: encoding, signatures, the state tree, execution, an engine,",
      "a mailbox. Give names, or parts of them, to run only some; --list tells them."
    })
final class MicroCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "What the names contain, such as Codec or verify.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Only tell the names.")
  private boolean list;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "1",
      description = "JVMs for each benchmark, one after the other. Default: 1.")
  private int forks;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "5",
      description = "Iterations before any is measured. Default: 5.")
  private int warmUps;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured iterations. Default: 5.")
  private int iterations;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "1s",
      description = "Of each iteration. Default: 1s.")
  private Duration time = Duration.ZERO;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    var console = output.console();
    var benchmarks = new MicroBenchmarks(console::say);
    if (list) {
      var all = benchmarks.names();
      console.answer(String.join("\n", all), Map.of("benchmarks", all));
      return ExitCode.OK.number();
    }
    Usage.require(
        forks >= 0 && forks <= MicroPlan.COUNT_MAX, "--forks is 0 to " + MicroPlan.COUNT_MAX);
    Usage.require(
        warmUps >= 0 && warmUps <= MicroPlan.COUNT_MAX,
        "--warm-ups is 0 to " + MicroPlan.COUNT_MAX);
    Usage.require(
        iterations > 0 && iterations <= MicroPlan.COUNT_MAX,
        "--iterations is 1 to " + MicroPlan.COUNT_MAX);
    Usage.require(time.isPositive(), "--time is more than 0");
    var report = benchmarks.run(new MicroPlan(names, forks, warmUps, iterations, time));
    console.answer(report.text(), report.json());
    return ExitCode.OK.number();
  }
}
