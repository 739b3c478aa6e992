package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.CutDemo;
import dev.sampo.cluster.demo.DemoChoice;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.demo.EventDemo;
import dev.sampo.cluster.demo.InteractiveDemo;
import dev.sampo.cluster.demo.LoadDemo;
import dev.sampo.cluster.demo.SharedDemo;
import dev.sampo.cluster.demo.TransferLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    description =
        "Runs validators as JVMs of one cluster until Ctrl-C, four unless more are asked for.",
    subcommands = {DemoCommand.Restart.class, DemoKillCommand.class})
final class DemoCommand implements Callable<Integer> {

  private static final Duration CUT_FOR = Duration.ofSeconds(20);
  private static final Duration CUT_MIN = Duration.ofSeconds(10);

  /** On each ledger: what halts must not fill the mempools. */
  private static final int CUT_IN_FLIGHT = 8;

  /** On each ledger, where nodes come and go. */
  private static final int EVENT_IN_FLIGHT = 16;

  @Mixin private final DemoOptions ledger = new DemoOptions();

  @Mixin private final SharedOptions shared = new SharedOptions();

  @Option(
      names = "--port",
      paramLabel = "P",
      description =
          "First of the API ports, one for each validator. Default: 8080, or free ones if that is"
              + " taken.")
  private @Nullable Integer port;

  @Option(
      names = "--transfers",
      paramLabel = "N",
      description = "Send N transfers, report, and stop.")
  private @Nullable Long transfers;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "With --transfers: R per second, instead of as many as possible.")
  private @Nullable Integer rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "With --transfers: at most N transfers at a time. Default: 256.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "With --transfers: send unmeasured ones before, such as 60s.")
  private @Nullable Duration warmUp;

  @Option(
      names = "--cross",
      paramLabel = "P%",
      description = {
        "With --transfers: P percent of them cross between the first ledger and another one;",
        "needs at least two --ledgers. Default: 0%."
      })
  private @Nullable String cross;

  @Option(
      names = "--cut",
      paramLabel = "DC",
      description = {
        "With --transfers: N of them, then cut the peer links of this data centre, such as c, heal",
        "them, and N more; tells of each ledger whether it went on, when it resumed, what was lost."
      })
  private @Nullable String cut;

  @Option(
      names = "--cut-for",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long. Default: 20s.")
  private @Nullable Duration cutFor;

  @Mixin private final CollectorOption collector = new CollectorOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require(
        transfers != null || (rate == null && inFlight == null && warmUp == null && cross == null),
        "--rate, --in-flight, --warm-up and --cross need --transfers");
    Usage.require(transfers == null || transfers > 0, "--transfers is at least 1");
    Usage.require(transfers == null || port == null, "--transfers chooses the ports itself");
    Usage.require(rate == null || rate > 0, "--rate is at least 1");
    Usage.require(
        inFlight == null || (inFlight > 0 && inFlight <= TransferLoad.IN_FLIGHT_MAX),
        "--in-flight is 1 to " + TransferLoad.IN_FLIGHT_MAX);
    Usage.require(port == null || (port > 0 && port <= 65_526), "--port is 1 to 65526");
    requireCut();
    var console = output.console();
    var choice = ledger.choice(Optional.ofNullable(cut));
    int crossPercent = cross == null ? 0 : Words.percent("--cross", cross);
    Usage.require(crossPercent == 0 || choice.ledgers() > 1, "--cross needs at least --ledgers 2");
    if (shared.isChosen()) {
      return runShared(console, choice).number();
    }
    if (transfers != null && cut != null) {
      return new CutDemo(console, collector.chosen())
          .run(cutPlan(transfers, crossPercent), choice)
          .number();
    }
    if (transfers != null) {
      return new LoadDemo(console, collector.chosen())
          .run(plan(transfers, crossPercent), choice)
          .number();
    }
    var first = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    return new InteractiveDemo(console, DemoPointer.file(), collector.chosen())
        .run(first, choice)
        .number();
  }

  private ExitCode runShared(Console console, DemoChoice choice)
      throws IOException, InterruptedException {
    Usage.require(
        port == null && cut == null && cross == null,
        "--nodes-per-validator has no --port, --cut or --cross");
    Usage.require(
        choice.sites().gateways() == 0 && choice.sites().readers() == 0,
        "--nodes-per-validator has no --gateways or --readers");
    var events = shared.events();
    Usage.require(events.isEmpty() || transfers != null, "--move and --kill need --transfers");
    Usage.require(
        events.isEmpty() || (rate == null && warmUp == null),
        "--move and --kill have neither --rate nor --warm-up");
    var shape = shared.shape();
    if (transfers == null) {
      return new SharedDemo(console, DemoPointer.file(), collector.chosen()).run(choice, shape);
    }
    if (events.isEmpty()) {
      return new LoadDemo(console, collector.chosen()).run(plan(transfers, 0), choice, shape);
    }
    var plan = new EventDemo.Plan(transfers, inFlight == null ? EVENT_IN_FLIGHT : inFlight, events);
    return new EventDemo(console, collector.chosen()).run(plan, choice, shape);
  }

  private void requireCut() {
    Usage.require(cut == null || transfers != null, "--cut needs --transfers");
    Usage.require(cut != null || cutFor == null, "--cut-for needs --cut");
    Usage.require(
        cut == null || (rate == null && warmUp == null), "--cut has neither --rate nor --warm-up");
    Usage.require(cutFor == null || cutFor.compareTo(CUT_MIN) >= 0, "--cut-for is at least 10s");
  }

  private CutDemo.Plan cutPlan(long count, int crossPercent) {
    return new CutDemo.Plan(
        count,
        inFlight == null ? CUT_IN_FLIGHT : inFlight,
        crossPercent,
        cutFor == null ? CUT_FOR : cutFor);
  }

  private LoadDemo.Plan plan(long count, int crossPercent) {
    return new LoadDemo.Plan(
        count,
        rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
        inFlight == null ? TransferLoad.IN_FLIGHT : inFlight,
        warmUp == null ? Duration.ZERO : warmUp,
        crossPercent);
  }

  @Command(name = "restart", description = "Brings a node of the running demo back.")
  static final class Restart implements Callable<Integer> {

    @Parameters(
        paramLabel = "NAME",
        description = "A validator, such as v3, a gateway or a reader.")
    private String name = "";

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      var answer = RunningDemo.find().order("restart " + name);
      var json = new LinkedHashMap<String, Object>();
      json.put("name", name);
      json.put("restarted", true);
      output.console().answer(answer, json);
      return ExitCode.OK.number();
    }
  }
}
