package dev.sampo.cluster.demo;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.Validator;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.placement.ReplicaMove;
import dev.sampo.core.genesis.LedgerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Has events happen while transfers go on, and measures the ledgers that they are about. */
final class EventsUnderLoad {

  private static final Duration ENOUGH_MAX = Duration.ofMinutes(3);
  private static final Duration TAKE_OVER_MAX = Duration.ofMinutes(1);
  private static final Duration CALL_MAX = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(25);
  private static final double PERCENTILE = 99;

  /** Less than any view. */
  private static final long UNKNOWN = -1;

  /** Transfers on each ledger that an event lasts at least, so that there is a percentile. */
  private static final long DURING_MIN = 50;

  /**
   * What was measured of an event.
   *
   * @param ledgers that it took from a node
   * @param move what the nodes said of a planned move
   * @param hosted from its begin until other nodes host all of them; nothing if they do not
   * @param voted until their votes are heard by others; nothing if they are not
   * @param failed requests, from its begin on
   * @param during transfers from its begin until the votes were heard
   * @param p99 of the ledgers, in milliseconds
   */
  record Measured(
      DemoEvent event,
      List<LedgerName> ledgers,
      Optional<ReplicaMove.Result> move,
      Optional<Duration> hosted,
      Optional<Duration> voted,
      long failed,
      long during,
      CutReport.Latencies p99) {

    Measured {
      ledgers = List.copyOf(ledgers);
    }
  }

  private final SharedProcesses processes;
  private final SharedNodes nodes;
  private final DemoSession session;
  private final List<LoadedLedger> ledgers;
  private final Console console;

  EventsUnderLoad(
      SharedProcesses processes, DemoSession session, List<LoadedLedger> ledgers, Console console) {
    this.processes = processes;
    this.nodes = processes.nodes();
    this.session = session;
    this.ledgers = List.copyOf(ledgers);
    this.console = console;
  }

  /** In the order of the events. */
  List<Measured> run(EventDemo.Plan plan) throws InterruptedException {
    var ends = ledgers.stream().map(each -> each.load().start(plan.inFlight())).toList();
    console.say("sending transfers ...");
    awaitMore(plan.transfers());
    var before = window(plan.transfers());
    var measured = new ArrayList<Measured>();
    for (var event : plan.events()) {
      console.say(event.text() + " ...");
      long failedBefore = failed();
      var happened = happen(event);
      var after = window(plan.transfers());
      long failed = failed() - failedBefore;
      measured.add(happened.measured(event, failed, before, after));
      before = after;
    }
    ledgers.forEach(each -> each.load().stop());
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
    return measured;
  }

  /** The latencies of the next transfers, for each ledger. */
  private Map<LedgerName, Histogram> window(long transfers) throws InterruptedException {
    ledgers.forEach(each -> each.load().measureFromNow());
    awaitMore(transfers);
    return takeLatencies();
  }

  private Map<LedgerName, Histogram> takeLatencies() {
    var taken = new LinkedHashMap<LedgerName, Histogram>();
    ledgers.forEach(each -> taken.put(each.name(), each.load().takeLatencyMicros()));
    return taken;
  }

  private void awaitMore(long transfers) throws InterruptedException {
    long enough = committed() + transfers;
    await(() -> committed() >= enough, ENOUGH_MAX);
  }

  private long committed() {
    return ledgers.stream().mapToLong(each -> each.load().committed()).sum();
  }

  private long failed() {
    return ledgers.stream().mapToLong(each -> each.load().problems().size()).sum();
  }

  /** An event, until its ledgers are voted on again. */
  private record Happened(
      List<LedgerName> ledgers,
      Optional<ReplicaMove.Result> move,
      Optional<Duration> hosted,
      Optional<Duration> voted,
      Map<LedgerName, Histogram> latencies) {

    Measured measured(
        DemoEvent event,
        long failed,
        Map<LedgerName, Histogram> before,
        Map<LedgerName, Histogram> after) {
      var during = of(latencies);
      var p99 = new CutReport.Latencies(millis(of(before)), millis(during), millis(of(after)));
      return new Measured(event, ledgers, move, hosted, voted, failed, during.getTotalCount(), p99);
    }

    private Histogram of(Map<LedgerName, Histogram> each) {
      var all = new Histogram(3);
      each.forEach(
          (name, histogram) -> {
            if (ledgers.contains(name)) {
              all.add(histogram);
            }
          });
      return all;
    }

    private static double millis(Histogram micros) {
      return micros.getValueAtPercentile(PERCENTILE) / 1000.0;
    }
  }

  private Happened happen(DemoEvent event) throws InterruptedException {
    int validator = nodes.validatorOf(nodes.find(event.node()).orElseThrow());
    var affected = affected(event.ledgers(hosted(validator)));
    takeLatencies();
    var committed = affected.stream().map(each -> each.load().committed()).toList();
    long begun = System.nanoTime();
    var move = begin(event, validator);
    boolean isHosted = await(() -> isHostedElsewhere(event, validator, affected), TAKE_OVER_MAX);
    var hosted = since(begun, isHosted);
    boolean isVoted = isHosted && awaitVotes(validator, affected);
    var voted = since(begun, isVoted);
    await(() -> haveCommitted(affected, committed), ENOUGH_MAX);
    var during = takeLatencies();
    return new Happened(
        affected.stream().map(LoadedLedger::name).toList(), result(move), hosted, voted, during);
  }

  private List<LoadedLedger> affected(List<LedgerName> names) {
    return ledgers.stream().filter(each -> names.contains(each.name())).toList();
  }

  private static Optional<Duration> since(long begun, boolean isSo) {
    return isSo ? Optional.of(Duration.ofNanos(System.nanoTime() - begun)) : Optional.empty();
  }

  private static boolean haveCommitted(List<LoadedLedger> affected, List<Long> before) {
    for (int i = 0; i < affected.size(); i++) {
      if (affected.get(i).load().committed() < before.get(i) + DURING_MIN) {
        return false;
      }
    }
    return true;
  }

  /** What each node of a validator hosts, by their names. */
  private SortedMap<String, List<LedgerName>> hosted(int validator) {
    var hosted = new TreeMap<String, List<LedgerName>>();
    for (int node : nodes.ofValidator(validator)) {
      hosted.put(
          nodes.nameOf(node),
          HostingProbe.ledgers(nodes.endpoint(node)).stream().map(LedgerName::new).toList());
    }
    return hosted;
  }

  private Optional<CompletableFuture<ReplicaMove.Result>> begin(DemoEvent event, int validator)
      throws InterruptedException {
    return switch (event) {
      case DemoEvent.Move move ->
          Optional.of(CompletableFuture.supplyAsync(() -> moved(move, validator)));
      case DemoEvent.Kill(var node) -> {
        processes.find(node).orElseThrow().kill();
        yield Optional.empty();
      }
    };
  }

  /** As an operator does it. */
  private ReplicaMove.Result moved(DemoEvent.Move move, int validator) {
    var ledger = affected(List.of(move.ledger())).getFirst().client().ledger();
    var signer = KeyFile.read(nodes.layout().validatorKey(validator)).signer();
    var endpoints = session.nodes().get(validator).toArray(String[]::new);
    var settings = ClientSettings.of(new TrustAnchor.Pinned(ledger), endpoints);
    try (var client = SampoClient.connect(settings.withCallTimeout(CALL_MAX))) {
      return new ReplicaMove(client, ledger, signer).run(move.node(), TAKE_OVER_MAX);
    } catch (InterruptedException stopped) {
      throw new CompletionException(stopped);
    }
  }

  private static Optional<ReplicaMove.Result> result(
      Optional<CompletableFuture<ReplicaMove.Result>> move) {
    return move.map(CompletableFuture::join);
  }

  /** On the node that it is moved to, or on another one than the one that died. */
  private boolean isHostedElsewhere(DemoEvent event, int validator, List<LoadedLedger> affected) {
    var hosted = hosted(validator);
    return affected.stream()
        .allMatch(
            each ->
                hosted.entrySet().stream()
                    .anyMatch(
                        node ->
                            node.getValue().contains(each.name()) && isNew(event, node.getKey())));
  }

  private static boolean isNew(DemoEvent event, String node) {
    return switch (event) {
      case DemoEvent.Move(var ledger, var to) -> node.equals(to);
      case DemoEvent.Kill(var killed) -> !node.equals(killed);
    };
  }

  /**
   * Whether another validator hears a vote in a view that is newer than all that it knew when the
   * new copy was there already.
   */
  private boolean awaitVotes(int validator, List<LoadedLedger> affected)
      throws InterruptedException {
    for (var each : affected) {
      var seats = new ArrayList<>(session.seatsOf(each.genesis()));
      seats.remove(Integer.valueOf(validator));
      var witness = session.hostOf(each.genesis(), seats.getFirst());
      try (var clients = ValidatorClients.connect(each.genesis(), List.of(witness))) {
        // A busy witness may leave a question unanswered; it is asked again.
        var known = new AtomicLong(UNKNOWN);
        var name = DemoLayout.nameOf(validator);
        boolean isVoted =
            await(() -> isLearnt(clients, known), TAKE_OVER_MAX)
                && await(() -> viewOf(clients, name) > known.get(), TAKE_OVER_MAX);
        if (!isVoted) {
          return false;
        }
      }
    }
    return true;
  }

  /** Once the witness has told which view it is in. */
  private static boolean isLearnt(ValidatorClients witness, AtomicLong view) {
    view.set(witness.status(0).map(Status::getView).orElse(UNKNOWN));
    return view.get() != UNKNOWN;
  }

  private static long viewOf(ValidatorClients witness, String validator) {
    return witness.status(0).stream()
        .flatMap(status -> status.getValidatorsList().stream())
        .filter(each -> each.getName().equals(validator))
        .mapToLong(Validator::getView)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Returns whether it holds, once it does or after {@code atMost}. */
  private static boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }
}
