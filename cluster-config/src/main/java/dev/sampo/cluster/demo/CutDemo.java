package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.placement.Loss;
import dev.sampo.core.genesis.LedgerName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A demo under load, one of whose data centres is cut off and comes back: which ledgers go on, how
 * soon the others resume, and that nothing that was acknowledged is lost (fault 19).
 */
public final class CutDemo {

  private static final Duration ARRIVAL_MAX = Duration.ofMinutes(3);
  private static final Duration CHANNELS_MAX = Duration.ofSeconds(60);

  /**
   * What to do.
   *
   * @param transfers how many at least before the cut, and after it
   * @param inFlight transfers on each ledger at a time
   * @param crossPercent how many of them go to another ledger
   * @param cutFor also how long transfers to other ledgers have to arrive
   */
  public record Plan(long transfers, int inFlight, int crossPercent, Duration cutFor) {}

  private final Console console;
  private final Collector collector;
  private final Lifetime lifetime;

  /** With validators whose memory {@code collector} reclaims. */
  public CutDemo(Console console, Collector collector) {
    this.console = console;
    this.collector = collector;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  /** Runs from beginning to end; the choice names what is cut. */
  public ExitCode run(Plan plan, DemoChoice choice) throws IOException, InterruptedException {
    try {
      var demo = new DemoStart(collector, console, lifetime).cuttable(choice);
      var report = report(plan, choice, demo);
      console.answer(report.text(), report.json());
      return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      lifetime.end();
    }
  }

  private CutReport report(Plan plan, DemoChoice choice, DemoStart.Cuttable demo)
      throws IOException, InterruptedException {
    var clients = new TreeMap<LedgerName, SampoClient>();
    demo.session()
        .ledgers()
        .forEach((name, genesis) -> clients.put(name, demo.session().connect(genesis)));
    try {
      var conservation = new Conservation(demo.session().ledgers(), List.copyOf(clients.values()));
      var cross = crossShare(plan, demo.session(), clients);
      long before = conservation.await(ARRIVAL_MAX).vouchers();
      var loads = new TreeMap<LedgerName, WatchedLoad>();
      clients.forEach(
          (name, client) ->
              loads.put(name, new WatchedLoad(client, demo.session().ring(), cross.from(name))));
      var cut = new CutUnderLoad(demo, choice.cut().orElseThrow(), loads, console);
      var measured = cut.run(plan);
      console.say("looking for everything that was acknowledged ...");
      var findings =
          new CutFindings(demo, new Loss.OfDataCentre(choice.cut().orElseThrow()), clients, loads);
      var ledgers = findings.ledgers(measured);
      var crossings = findings.crossings(ARRIVAL_MAX);
      var found = conservation.await(ARRIVAL_MAX);
      return new CutReport(
          choice.sites(),
          new CutReport.Cut(choice.cut().orElseThrow(), plan.cutFor()),
          ledgers,
          crossings.withArrived(found.vouchers() - before),
          found.isGood());
    } finally {
      clients.values().forEach(SampoClient::close);
    }
  }

  /** Returns when amounts can cross. */
  private CrossShare crossShare(
      Plan plan, DemoSession session, SortedMap<LedgerName, SampoClient> clients)
      throws InterruptedException {
    if (plan.crossPercent() == 0) {
      return CrossShare.NONE;
    }
    console.say("waiting until amounts can cross ...");
    var names = List.copyOf(session.ledgers().keySet());
    var patient = new CrossShare(plan.crossPercent(), names);
    new FirstCrossing(patient, List.copyOf(clients.values()), session.ring().getFirst())
        .await(CHANNELS_MAX);
    return new CrossShare(plan.crossPercent(), names, plan.cutFor());
  }
}
