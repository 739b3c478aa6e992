package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A demo of validators with several nodes under load, some of whose nodes are told to take a
 * ledger, or are killed: how soon the ledgers are hosted and voted on again, what clients notice of
 * it, and that nothing that was acknowledged is lost (fault 34).
 */
public final class EventDemo {

  private static final Duration AGREEMENT_MAX = Duration.ofSeconds(60);
  private static final Duration CONSERVED_MAX = Duration.ofMinutes(1);

  /**
   * What to do.
   *
   * @param transfers how many at least before the first event, and after each
   * @param inFlight transfers on each ledger at a time
   * @param events one after another
   */
  public record Plan(long transfers, int inFlight, List<DemoEvent> events) {
    public Plan {
      events = List.copyOf(events);
    }
  }

  private final Console console;
  private final Lifetime lifetime;
  private final DemoStart start;

  /** With nodes whose memory {@code collector} reclaims. */
  public EventDemo(Console console, Collector collector) {
    this.console = console;
    this.lifetime = Lifetime.untilStopped(console::say);
    this.start = new DemoStart(collector, console, lifetime);
  }

  /** Runs from beginning to end. */
  public ExitCode run(Plan plan, DemoChoice choice, DemoShape shape)
      throws IOException, InterruptedException {
    try {
      var processes = start.shared(choice, shape);
      var report = report(plan, choice.sites(), processes);
      console.answer(report.text(), report.json());
      return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      lifetime.end();
    }
  }

  private EventReport report(Plan plan, DemoChoice.Sites sites, SharedProcesses processes)
      throws IOException, InterruptedException {
    var session = processes.session();
    requireKnown(plan, session, processes);
    var clients = session.connectToEach();
    try {
      var loaded = LoadedLedger.each(session, clients, CrossShare.NONE);
      var events = new EventsUnderLoad(processes, session, loaded, console).run(plan);
      console.say("looking for everything that was acknowledged ...");
      var ledgers = new ArrayList<EventReport.OfLedger>();
      for (var each : loaded) {
        ledgers.add(ledger(session, each));
      }
      var found = new Conservation(session.ledgers(), clients).await(CONSERVED_MAX);
      return new EventReport(
          sites,
          processes.nodes().perValidator(),
          events,
          ledgers,
          new EventReport.Checks(found.isGood(), NodeMetrics.evidence(processes.endpointsAlive())));
    } finally {
      clients.forEach(SampoClient::close);
    }
  }

  private static void requireKnown(Plan plan, DemoSession session, SharedProcesses processes) {
    for (var event : plan.events()) {
      if (processes.find(event.node()).isEmpty()) {
        throw new CommandFailed(ExitCode.NOT_FOUND, "the demo has no node " + event.node());
      }
      if (event instanceof DemoEvent.Move(var ledger, var to)
          && !session.ledgers().containsKey(ledger)) {
        throw new CommandFailed(
            ExitCode.NOT_FOUND,
            "the demo has no ledger " + ledger + "; it has " + session.ledgers().keySet());
      }
    }
  }

  private static EventReport.OfLedger ledger(DemoSession session, LoadedLedger each) {
    var endpoints = session.endpointsOf(each.genesis());
    try (var clients = ValidatorClients.connect(each.genesis(), endpoints)) {
      var agreement = Agreement.await(clients, endpoints.size(), AGREEMENT_MAX);
      return new EventReport.OfLedger(each.name(), each.load().committed(), each.lost(), agreement);
    }
  }
}
