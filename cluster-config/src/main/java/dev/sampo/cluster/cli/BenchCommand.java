package dev.sampo.cluster.cli;

import dev.sampo.cluster.bench.Bench;
import dev.sampo.cluster.bench.BenchPlan;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoSession;
import dev.sampo.cluster.demo.TransferLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = {
      "Measures four validators and a client on this machine: speed, latency, and what a transfer",
      "costs. Each figure is the median of windows that follow each other under one load.",
      "Beside it: bench micro, mailbox, footprint and api; each has a --help of its own."
    })
final class BenchCommand implements Callable<Integer> {

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "60s",
      description = "Send unmeasured transfers before. Default: 60s.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measure N times. Default: 5.")
  private int windows;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "10s",
      description = "For so long each time. Default: 10s.")
  private Duration window = Duration.ZERO;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = {
        "An open loop: R per second, however long each one takes. What a node has no room for",
        "counts as rejected and is not sent again."
      })
  private @Nullable Integer rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "A closed loop: always N transfers at a time. Default: 256.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--cross",
      paramLabel = "P",
      split = ",",
      description = {
        "P percent of the transfers cross between the first ledger and another one, such as 20%%.",
        "With several, such as 0%%,100%%, each has its turn again and again, for one of --windows,",
        "and cpu_ratio tells what it costs to the first one. Default: none."
      })
  private List<String> cross = List.of();

  @Mixin private final DemoOptions ledger = new DemoOptions();

  @Option(
      names = "--running",
      description = "Measure the demo that runs in another terminal instead, and leave it running.")
  private boolean running;

  @Mixin private final CollectorOption collector = new CollectorOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require(rate == null || inFlight == null, "--rate or --in-flight, not both");
    Usage.require(rate == null || rate > 0, "--rate is at least 1");
    Usage.require(
        inFlight == null || (inFlight > 0 && inFlight <= TransferLoad.IN_FLIGHT_MAX),
        "--in-flight is 1 to " + TransferLoad.IN_FLIGHT_MAX);
    Usage.require(
        windows > 0 && windows <= BenchPlan.WINDOWS_MAX,
        "--windows is 1 to " + BenchPlan.WINDOWS_MAX);
    Usage.require(window.isPositive(), "--window is more than 0");
    if (running) {
      ledger.requireNone();
    }
    Usage.require(
        !running || collector.isDefault(), "--gc is of validators that bench starts itself");
    var load =
        new BenchPlan.Load(
            rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
            inFlight == null ? TransferLoad.IN_FLIGHT : inFlight,
            shares());
    var plan = new BenchPlan(load, warmUp, windows, window);
    var bench = new Bench(output.console());
    return (running ? measureRunning(bench, plan) : measureOwn(bench, plan)).number();
  }

  private List<Integer> shares() {
    var shares = cross.stream().map(word -> Words.percent("--cross", word)).distinct().toList();
    Usage.require(
        shares.size() == cross.size() && shares.size() <= BenchPlan.SHARES_MAX,
        "--cross has at most " + BenchPlan.SHARES_MAX + " shares, no two the same");
    return shares.isEmpty() ? List.of(0) : shares;
  }

  private static ExitCode measureRunning(Bench bench, BenchPlan plan)
      throws IOException, InterruptedException {
    var demo = DemoSession.of(RunningDemo.find().pointer());
    requireLedgers(plan, demo.ledgers().size());
    return bench.run(plan, demo);
  }

  private ExitCode measureOwn(Bench bench, BenchPlan plan)
      throws IOException, InterruptedException {
    var choice = ledger.choice();
    requireLedgers(plan, choice.ledgers());
    return bench.run(plan, choice, collector.chosen());
  }

  private static void requireLedgers(BenchPlan plan, int ledgers) {
    Usage.require(!plan.load().isCrossing() || ledgers > 1, "--cross needs at least two ledgers");
  }
}
