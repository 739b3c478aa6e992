package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.placement.Loss;
import java.io.IOException;
import java.time.Duration;

/**
 * A demo under load, one of whose data centres is cut off and comes back: which ledgers go on, how
 * soon the others resume, and that nothing that was acknowledged is lost (fault 19).
 */
public final class CutDemo {

  private static final Duration ARRIVAL_MAX = Duration.ofMinutes(3);

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
    var clients = demo.session().connectToEach();
    try {
      var conservation = new Conservation(demo.session().ledgers(), clients);
      var cross = FirstCrossing.share(plan.crossPercent(), demo.session(), clients, plan.cutFor());
      long before = conservation.await(ARRIVAL_MAX).vouchers();
      var loaded = LoadedLedger.each(demo.session(), clients, cross);
      var dataCentre = choice.cut().orElseThrow();
      var measured = new CutUnderLoad(demo, dataCentre, loaded, console).run(plan);
      console.say("looking for everything that was acknowledged ...");
      var findings = new CutFindings(demo, new Loss.OfDataCentre(dataCentre), loaded);
      var ledgers = findings.ledgers(measured);
      var crossings = findings.crossings(ARRIVAL_MAX);
      var found = conservation.await(ARRIVAL_MAX);
      return new CutReport(
          choice.sites(),
          new CutReport.Cut(dataCentre, plan.cutFor()),
          ledgers,
          crossings.withArrived(found.vouchers() - before),
          found.isGood());
    } finally {
      clients.forEach(SampoClient::close);
    }
  }
}
