package dev.sampo.benchmarks;

import dev.sampo.benchmarks.footprint.FootprintTable;
import dev.sampo.cluster.cli.OutputOptions;
import dev.sampo.cluster.cli.Usage;
import dev.sampo.cluster.console.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "footprint",
    description = "Measures the memory of idle actors, beside virtual and platform threads.")
final class FootprintCommand implements Callable<Integer> {

  @Option(
      names = "--actors",
      paramLabel = "N",
      defaultValue = "200000",
      description = "So many actors, and as many virtual threads. Default: 200000.")
  private int light;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2000",
      description = "So many platform threads. Default: 2000.")
  private int heavy;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int max = FootprintTable.Counts.MAX;
    Usage.require(light > 0 && light <= max, "--actors is 1 to " + max);
    Usage.require(heavy > 0 && heavy <= max, "--threads is 1 to " + max);
    var console = output.console();
    var counts = new FootprintTable.Counts(light, heavy);
    var report = new FootprintTable(counts, console::say).measure();
    console.answer(report.text(), report.json());
    return ExitCode.OK.number();
  }
}
