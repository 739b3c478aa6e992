package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A demo that sends transfers, reports, and leaves nothing running. */
public final class LoadDemo {

  private static final Duration AGREEMENT_MAX = Duration.ofSeconds(30);
  private static final Duration ARRIVAL_MAX = Duration.ofMinutes(2);
  private static final long PROGRESS_STEPS = 10;

  /**
   * What to send.
   *
   * @param perSecond at this rate; nothing: as fast as the closed loop goes
   * @param inFlight most transfers in flight at a time in the closed loop
   * @param warmUp how long to send unmeasured transfers before
   * @param crossPercent how many of the transfers go to another ledger; there have to be two then
   */
  public record Plan(
      long transfers, OptionalInt perSecond, int inFlight, Duration warmUp, int crossPercent) {}

  private final Console console;
  private final Collector collector;
  private final Lifetime lifetime;

  /** With validators whose memory {@code collector} reclaims. */
  public LoadDemo(Console console, Collector collector) {
    this.console = console;
    this.collector = collector;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  /** Runs from beginning to end. */
  public ExitCode run(Plan plan, DemoChoice choice) throws IOException, InterruptedException {
    return run(plan, choice, start -> start.session(choice));
  }

  /** As above, with validators of several nodes each. */
  public ExitCode run(Plan plan, DemoChoice choice, DemoShape shape)
      throws IOException, InterruptedException {
    return run(plan, choice, start -> start.shared(choice, shape).session());
  }

  /** How its nodes are started. */
  @FunctionalInterface
  private interface Beginning {
    DemoSession of(DemoStart start) throws IOException, InterruptedException;
  }

  private ExitCode run(Plan plan, DemoChoice choice, Beginning beginning)
      throws IOException, InterruptedException {
    try {
      var demo = beginning.of(new DemoStart(collector, console, lifetime));
      var report = measure(plan, demo, new LoadReport.Start(choice.sites(), sinceStart()));
      console.answer(report.text(), report.json());
      report.load().problem().ifPresent(problem -> console.say("first problem: " + problem));
      return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      lifetime.end();
    }
  }

  private LoadReport measure(Plan plan, DemoSession demo, LoadReport.Start start)
      throws IOException, InterruptedException {
    var ring = demo.ring();
    var clients = demo.connectToEach();
    try {
      if (plan.warmUp().isPositive()) {
        console.say("warming up for " + plan.warmUp().toSeconds() + " s ...");
        new TransferLoad(clients, ring, plan.inFlight(), _ -> {}).closedLoop(plan.warmUp());
      }
      var conservation = new Conservation(demo.ledgers(), clients);
      var cross = FirstCrossing.share(plan.crossPercent(), demo, clients, CrossShare.usually());
      long before = conservation.await(ARRIVAL_MAX).vouchers();
      console.say("sending " + plan.transfers() + " transfers ...");
      var load =
          new TransferLoad(clients, ring, plan.inFlight(), cross, progress(plan.transfers()));
      var result =
          plan.perSecond().isPresent()
              ? load.openLoop(plan.transfers(), plan.perSecond().getAsInt())
              : load.closedLoop(plan.transfers());
      var found = conservation.await(load.sentAcross() > 0 ? ARRIVAL_MAX : Duration.ZERO);
      long arrived = found.vouchers() - before;
      // Only when nothing is under way any more, what has not arrived has come back.
      long refunded = found.isGood() ? load.sentAcross() - arrived : 0;
      var crossed = new LoadReport.Crossed(arrived, refunded);
      var outcomes = outcomes(demo, load.committedOnEach(), found);
      return new LoadReport(start, result, crossed, outcomes, demo.residentMebibytesMax());
    } finally {
      clients.forEach(SampoClient::close);
    }
  }

  private static List<LedgerOutcome> outcomes(
      DemoSession demo, List<Long> committed, Conservation.Found found) {
    var outcomes = new ArrayList<LedgerOutcome>();
    for (var ledger : demo.ledgers().entrySet()) {
      int place = outcomes.size();
      var committee = demo.endpointsOf(ledger.getValue());
      try (var each = ValidatorClients.connect(ledger.getValue(), committee)) {
        var agreement = Agreement.await(each, committee.size(), AGREEMENT_MAX);
        int membersUp = each.status(0).map(status -> status.getClusterMembersUp()).orElse(0);
        outcomes.add(
            new LedgerOutcome(
                ledger.getKey(),
                committed.get(place),
                agreement,
                found.conserved().get(place),
                membersUp));
      }
    }
    return outcomes;
  }

  private LongConsumer progress(long transfers) {
    var nextStep = new AtomicLong(1);
    return decided -> {
      long step = nextStep.get();
      boolean reached = decided * PROGRESS_STEPS >= step * transfers;
      if (reached && nextStep.compareAndSet(step, step + 1)) {
        console.say(decided + " of " + transfers + " transfers decided");
      }
    };
  }

  /** Since this process began, so that the figure hides no part of the start. */
  private static Duration sinceStart() {
    var start = ProcessHandle.current().info().startInstant().orElseThrow();
    return Duration.between(start, Instant.now());
  }
}
