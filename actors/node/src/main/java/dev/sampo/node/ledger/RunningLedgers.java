package dev.sampo.node.ledger;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.HostOutcome;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.LedgerSummary;
import dev.sampo.node.ledger.OpenLedgers.Addition;
import dev.sampo.node.ledger.OpenLedgers.OpenLedger;
import dev.sampo.persistence.journal.NodeStoreExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** Starts the replicas of a node's ledgers, and finds them for its gateway. Thread-safe. */
public final class RunningLedgers implements HostedLedgers {

  private final ActorSystem<?> system;
  private final OpenLedgers open;
  private final ActorRef<LedgersActor.Command> replicas;
  private final Executor storage;

  /** Completed once the roles of the replica are there. */
  private final Map<LedgerId, CompletableFuture<HostedLedger>> hosted = new ConcurrentHashMap<>();

  private final Map<String, HostedLedger> byId = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, HostedLedger> byName = new ConcurrentSkipListMap<>();

  private RunningLedgers(
      ActorSystem<?> system, OpenLedgers open, ActorRef<LedgersActor.Command> replicas) {
    this.system = system;
    this.open = open;
    this.replicas = replicas;
    this.storage =
        system.dispatchers().lookup(DispatcherSelector.fromConfig("sampo.storage.dispatcher"));
  }

  /** Starts a replica of each open ledger; completes once all of them can be found. */
  public static CompletionStage<RunningLedgers> start(
      ActorSystem<?> system, OpenLedgers open, ActorRef<LedgersActor.Command> replicas) {
    var running = new RunningLedgers(system, open, replicas);
    var started = open.all().stream().map(running::start).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(started).thenApply(all -> running);
  }

  @Override
  public Optional<HostedLedger> find(String ledger) {
    if (ledger.isEmpty()) {
      return Optional.ofNullable(byName.get(LedgerSettings.FIRST_NAME.text()));
    }
    return Optional.ofNullable(byName.get(ledger)).or(() -> Optional.ofNullable(byId.get(ledger)));
  }

  @Override
  public List<HostedLedger> list() {
    return List.copyOf(byName.values());
  }

  @Override
  public CompletionStage<HostOutcome> host(LedgerCharter charter) {
    return CompletableFuture.supplyAsync(() -> add(charter), storage).thenCompose(this::outcome);
  }

  /**
   * A disk that does not take it is no fault of the charter: the call fails, and may be repeated.
   */
  private Addition add(LedgerCharter charter) {
    try {
      return open.add(charter, charter.encoded());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private CompletionStage<HostOutcome> outcome(Addition addition) {
    return switch (addition) {
      case Addition.Added(var ledger) ->
          start(ledger).thenApply(started -> new HostOutcome.Hosted(started.summary()));
      case Addition.Known(var ledger) ->
          futureOf(ledger).thenApply(known -> new HostOutcome.AlreadyHosted(known.summary()));
      case Addition.Refused(var code, var detail) ->
          CompletableFuture.completedStage(new HostOutcome.Refused(code, detail));
    };
  }

  private CompletableFuture<HostedLedger> start(OpenLedger ledger) {
    NodeStoreExtension.get(system).attach(ledger.store());
    var access = new CompletableFuture<LedgerAccess>();
    replicas.tell(LedgersActor.host(ledger, access));
    var found = futureOf(ledger);
    var _ = access.thenAccept(ready -> found.complete(register(ledger.settings(), ready)));
    return found;
  }

  private CompletableFuture<HostedLedger> futureOf(OpenLedger ledger) {
    return hosted.computeIfAbsent(
        ledger.settings().genesis().ledgerId(), id -> new CompletableFuture<>());
  }

  private HostedLedger register(LedgerSettings settings, LedgerAccess access) {
    boolean isFirst = settings.name().equals(LedgerSettings.FIRST_NAME);
    var summary = LedgerSummary.of(settings.name(), settings.genesis(), isFirst);
    var ledger = new HostedLedger(summary, access);
    byId.put(summary.id().hex(), ledger);
    byName.put(settings.name().text(), ledger);
    return ledger;
  }
}
