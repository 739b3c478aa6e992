package dev.sampo.cluster.cli;

import dev.sampo.cluster.launch.Collector;
import picocli.CommandLine.Option;

/** What reclaims the memory of the validators that a command starts. */
public final class CollectorOption {

  @Option(
      names = "--gc",
      paramLabel = "serial|parallel|g1|zgc",
      description = "The collector of the validators' memory. Default: serial.")
  private Collector collector = Collector.SERIAL;

  /** What was asked for. */
  public Collector chosen() {
    return collector;
  }

  boolean isDefault() {
    return collector == Collector.SERIAL;
  }
}
