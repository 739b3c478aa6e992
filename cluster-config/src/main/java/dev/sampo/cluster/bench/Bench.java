package dev.sampo.cluster.bench;

import dev.sampo.client.Backoff;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoChoice;
import dev.sampo.cluster.demo.DemoSession;
import dev.sampo.cluster.demo.Lifetime;
import dev.sampo.cluster.demo.TransferLoad;
import dev.sampo.cluster.demo.TransferLoad.Latencies;
import dev.sampo.cluster.demo.TransferLoad.Tally;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.node.verification.SignatureProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures a ledger of four validators on this machine under a load that goes on while window after
 * window is taken.
 */
public final class Bench {

  /** Where the load stands. What is quick to read and changes fast comes first. */
  private record Mark(long nanos, Tally tally, Latencies latencies, Costs costs) {

    static Mark now(TransferLoad load, DemoSession demo, boolean isCrossing) throws IOException {
      return new Mark(
          System.nanoTime(),
          load.tally(),
          load.takeLatencies(),
          Costs.read(demo.processes(), demo.endpoints(), isCrossing));
    }

    BenchWindow since(Mark before, BenchPlan plan, int crossPercent) {
      return new BenchWindow(
          crossPercent,
          Duration.ofNanos(nanos - before.nanos),
          tally.since(before.tally),
          latencies,
          costs.since(before.costs),
          plan.load().perSecond().isPresent()
              ? OptionalInt.empty()
              : OptionalInt.of(plan.load().inFlight()));
    }
  }

  private static final String UNKNOWN = "unknown";

  /** How long a share is sent unmeasured, each time that it is its turn. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final Duration ENDED_MAX = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  /** The windows, and what the collectors of the validators did meanwhile. */
  private record Measured(List<BenchWindow> windows, Map<String, Double> pauses) {}

  private final Console console;
  private final Lifetime lifetime;

  public Bench(Console console) {
    this.console = console;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  /** Measures validators of its own from beginning to end, and leaves nothing running. */
  public ExitCode run(BenchPlan plan, DemoChoice choice, Collector collector)
      throws IOException, InterruptedException {
    try {
      return run(plan, DemoSession.start(choice, collector, console, lifetime), collector.title());
    } finally {
      lifetime.end();
    }
  }

  /** Measures validators that run already; nobody knows what collects their memory. */
  public ExitCode run(BenchPlan plan, DemoSession demo) throws IOException, InterruptedException {
    return run(plan, demo, UNKNOWN);
  }

  private ExitCode run(BenchPlan plan, DemoSession demo, String collector)
      throws IOException, InterruptedException {
    var measured = measure(plan, demo);
    var report =
        new BenchReport(
            plan,
            setting(demo, collector),
            measured.windows(),
            measured.pauses(),
            demo.residentMebibytesMax());
    console.answer(report.text(), report.json());
    return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static BenchReport.Setting setting(DemoSession demo, String collector) {
    return new BenchReport.Setting(
        demo.processes().size(),
        demo.genesis().engine(),
        demo.ledgers().size(),
        SignatureProvider.name(),
        collector,
        Runtime.getRuntime().availableProcessors());
  }

  private Measured measure(BenchPlan plan, DemoSession demo)
      throws IOException, InterruptedException {
    var going = new AtomicBoolean(true);
    // What an open loop offers does not become more because some of it is refused.
    boolean isOpenLoop = plan.load().perSecond().isPresent();
    var clients = demo.connectToEach(isOpenLoop ? Backoff.NONE : Backoff.DEFAULT);
    try {
      var shares = plan.load().crossPercents();
      var load = demo.load(clients, plan.load().inFlight(), Collections.max(shares));
      var sending =
          new FutureTask<>(
              () ->
                  isOpenLoop
                      ? load.openLoop(going::get, plan.load().perSecond().getAsInt())
                      : load.closedLoop(going::get));
      Thread.ofPlatform().name("bench-load").start(sending);
      try {
        console.say("warming up for " + plan.warmUp().toSeconds() + " s ...");
        for (int percent : shares) {
          load.crossing(percent);
          pass(sending, plan.warmUp().dividedBy(shares.size()));
        }
        var pauses = CollectorPauses.since(demo.pauses());
        return new Measured(windows(plan, demo, load, sending), pauses.figures());
      } finally {
        going.set(false);
        sending.get();
      }
    } catch (ExecutionException failed) {
      throw new CommandFailed(ExitCode.FAILED, "the load ended: " + failed.getCause());
    } finally {
      clients.forEach(SampoClient::close);
    }
  }

  private List<BenchWindow> windows(
      BenchPlan plan, DemoSession demo, TransferLoad load, FutureTask<?> sending)
      throws IOException, InterruptedException, ExecutionException {
    var windows = new ArrayList<BenchWindow>();
    boolean isInTurns = plan.load().isInTurns();
    var last = Optional.<Mark>empty();
    for (int i = 1; i <= plan.windows(); i++) {
      for (int percent : plan.load().crossPercents()) {
        if (isInTurns) {
          settle(demo, load, sending, percent);
        }
        var before =
            last.isPresent() && !isInTurns ? last.get() : Mark.now(load, demo, percent > 0);
        pass(sending, plan.window());
        var after = Mark.now(load, demo, percent > 0);
        var window = after.since(before, plan, percent);
        windows.add(window);
        console.say(
            "window %d of %d%s: %.0f transfers per second"
                .formatted(
                    i,
                    plan.windows(),
                    isInTurns ? ", " + percent + "%" : "",
                    window.figures().getOrDefault("transfers_per_second", 0.0)));
        last = Optional.of(after);
      }
    }
    return windows;
  }

  /** Nothing of what another share has sent across is under way when this one is measured. */
  private static void settle(
      DemoSession demo, TransferLoad load, FutureTask<?> sending, int percent)
      throws IOException, InterruptedException, ExecutionException {
    load.crossing(0);
    long deadline = System.nanoTime() + ENDED_MAX.toNanos();
    do {
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailed(ExitCode.FAILED, "what was sent across does not come to its end");
      }
      pass(sending, POLL);
    } while (Costs.isSomethingCrossing(demo.endpoints()));
    load.crossing(percent);
    pass(sending, SETTLING);
  }

  /** Lets time pass; the load must not end meanwhile. */
  private static void pass(FutureTask<?> sending, Duration time)
      throws InterruptedException, ExecutionException {
    try {
      sending.get(time.toNanos(), TimeUnit.NANOSECONDS);
      throw new CommandFailed(ExitCode.FAILED, "the load ended before its time");
    } catch (TimeoutException asItShould) {
      // The load goes on.
    }
  }
}
