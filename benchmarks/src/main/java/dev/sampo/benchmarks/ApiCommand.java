package dev.sampo.benchmarks;

import dev.sampo.benchmarks.api.ApiPlan;
import dev.sampo.benchmarks.api.ApiTable;
import dev.sampo.cluster.cli.CollectorOption;
import dev.sampo.cluster.cli.DurationText;
import dev.sampo.cluster.cli.OutputOptions;
import dev.sampo.cluster.cli.RunningDemo;
import dev.sampo.cluster.cli.Usage;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoChoice;
import dev.sampo.cluster.demo.DemoSession;
import dev.sampo.cluster.demo.Lifetime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "api",
    description = {
      "Asks a validator the same by gRPC and by HTTP and JSON, with as many requests at a time:",
      "reading an account, and submitting transfers until they are committed."
    })
final class ApiCommand implements Callable<Integer> {

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "64",
      description = "Always N requests at a time. Default: 64.")
  private int inFlight;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "20s",
      description = "Before each row. Default: 20s.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "20s",
      description = "Of each row. Default: 20s.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--running",
      description = "Ask the demo that runs in another terminal instead, and leave it running.")
  private boolean running;

  @Mixin private final CollectorOption collector = new CollectorOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require(
        inFlight > 0 && inFlight <= ApiPlan.IN_FLIGHT_MAX,
        "--in-flight is 1 to " + ApiPlan.IN_FLIGHT_MAX);
    Usage.require(duration.isPositive(), "--duration is more than 0");
    var plan = new ApiPlan(inFlight, warmUp, duration);
    var console = output.console();
    if (running) {
      return measure(plan, DemoSession.of(RunningDemo.find().pointer()), console).number();
    }
    var lifetime = Lifetime.untilStopped(console::say);
    try {
      var demo = DemoSession.start(DemoChoice.DEFAULT, collector.chosen(), console, lifetime);
      return measure(plan, demo, console).number();
    } finally {
      lifetime.end();
    }
  }

  private static ExitCode measure(ApiPlan plan, DemoSession demo, Console console)
      throws IOException, InterruptedException {
    var report = new ApiTable(plan, demo, console::say).measure();
    console.answer(report.text(), report.json());
    return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
  }
}
