package dev.sampo.node.ledger;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.EndingAccess;
import dev.sampo.node.gateway.HostOutcome;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.LedgerSummary;
import dev.sampo.node.ledger.OpenLedgers.Addition;
import dev.sampo.node.ledger.OpenLedgers.OpenLedger;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.persistence.journal.NodeStoreExtension;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * Starts and stops this node's copies of replicas, and finds them for its gateway. Thread-safe.
 * Which ledgers a node hosts is the decision of others: of a node without others beside it, all.
 */
public final class RunningLedgers implements HostedLedgers {

  /** How a copy ended. */
  public enum Ending {
    /** As it was asked to. */
    RELEASED,
    /** A newer writer has taken over. */
    FENCED
  }

  /**
   * A copy that was taken over.
   *
   * @param writerEpoch under which it writes
   * @param ended completes once nothing of it acts any more and its store is closed
   */
  public record Copy(HostedLedger ledger, long writerEpoch, CompletionStage<Ending> ended) {}

  private static final class Running {
    private final OpenLedger ledger;
    private final CompletableFuture<HostedLedger> access = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final AtomicBoolean isEnding = new AtomicBoolean();

    /** There once the roles are. */
    private final CompletableFuture<EndingAccess> way = new CompletableFuture<>();

    private Running(OpenLedger ledger) {
      this.ledger = ledger;
    }
  }

  private final ActorSystem<?> system;
  private final OpenLedgers ledgers;
  private final ReplicaHost replicas;
  private final Executor storage;
  private final Map<LedgerId, Running> running = new ConcurrentHashMap<>();
  private final Map<String, HostedLedger> byId = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, HostedLedger> byName = new ConcurrentSkipListMap<>();
  private final boolean isAlone;

  private RunningLedgers(
      ActorSystem<?> system, OpenLedgers ledgers, ReplicaHost replicas, boolean isAlone) {
    this.system = system;
    this.ledgers = ledgers;
    this.replicas = replicas;
    this.isAlone = isAlone;
    this.storage =
        system.dispatchers().lookup(DispatcherSelector.fromConfig("sampo.storage.dispatcher"));
  }

  /**
   * Starts a replica of each open ledger; completes once all of them can be found. A node that
   * hosts all replicas of its validator has nobody beside it who might take one over: who does is a
   * mistake to stop at.
   */
  public static CompletionStage<RunningLedgers> start(
      ActorSystem<?> system, OpenLedgers ledgers, ReplicaHost replicas, FailStop failStop) {
    var running = new RunningLedgers(system, ledgers, replicas, true);
    var started =
        ledgers.all().stream()
            .map(open -> running.startAlone(open, failStop))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(started).thenApply(all -> running);
  }

  /** Starts nothing yet: {@link #takeOver} does, for a node that shares its validator's ledgers. */
  public static RunningLedgers shared(
      ActorSystem<?> system, OpenLedgers ledgers, ReplicaHost replicas) {
    return new RunningLedgers(system, ledgers, replicas, false);
  }

  private CompletableFuture<HostedLedger> startAlone(OpenLedger open, FailStop failStop) {
    var _ =
        open.fence()
            .fenced()
            .thenRun(
                () ->
                    failStop.stop(
                        "another process has taken over the replica of ledger "
                            + open.settings().name()
                            + ": does one run with the same validator key?",
                        null));
    return start(open).access;
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
      if (!isAlone) {
        ledgers.known();
      }
      return ledgers.add(charter, charter.encoded());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (RefusedStart unreadable) {
      throw new CompletionException(unreadable);
    }
  }

  private CompletionStage<HostOutcome> outcome(Addition addition) {
    return switch (addition) {
      case Addition.Added(var ledger) -> hosted(ledger).thenApply(HostOutcome.Hosted::new);
      case Addition.Known(var ledger) -> known(ledger).thenApply(HostOutcome.AlreadyHosted::new);
      case Addition.Refused(var code, var detail) ->
          CompletableFuture.completedStage(new HostOutcome.Refused(code, detail));
    };
  }

  private CompletionStage<LedgerSummary> hosted(LedgerSettings ledger) {
    return isAlone
        ? takeOver(ledger.genesis().ledgerId()).thenApply(copy -> copy.ledger().summary())
        : CompletableFuture.completedStage(summary(ledger));
  }

  private CompletionStage<LedgerSummary> known(LedgerSettings ledger) {
    var copy = running.get(ledger.genesis().ledgerId());
    return isAlone && copy != null
        ? copy.access.thenApply(HostedLedger::summary)
        : CompletableFuture.completedStage(summary(ledger));
  }

  private static LedgerSummary summary(LedgerSettings settings) {
    boolean isFirst = settings.name().equals(LedgerSettings.FIRST_NAME);
    return LedgerSummary.of(settings.name(), settings.genesis(), isFirst);
  }

  /** All ledgers of this validator, wherever they run; read from its store. */
  public CompletionStage<List<LedgerSummary>> known() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ledgers.known().stream().map(RunningLedgers::summary).toList();
          } catch (RefusedStart refused) {
            throw new CompletionException(refused);
          }
        },
        storage);
  }

  /**
   * Makes this node the one that writes the replica, whoever did before, and starts its roles. Not
   * to be called again before the copy has ended.
   */
  public CompletionStage<Copy> takeOver(LedgerId ledger) {
    return CompletableFuture.supplyAsync(() -> opened(ledger), storage)
        .thenCompose(
            open -> {
              var copy = start(open);
              var _ = open.fence().fenced().thenRun(() -> end(copy, Ending.FENCED));
              return copy.access.thenApply(
                  access -> new Copy(access, open.store().writerEpoch(), copy.ended));
            });
  }

  private OpenLedger opened(LedgerId ledger) {
    try {
      return ledgers.takeOver(ledger);
    } catch (RefusedStart refused) {
      throw new CompletionException(refused);
    }
  }

  /** Stops the copy in order; completes once it has ended. Nothing happens if there is none. */
  public CompletionStage<Done> release(LedgerId ledger) {
    var copy = running.get(ledger);
    if (copy == null) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    end(copy, Ending.RELEASED);
    return copy.ended.thenApply(ended -> Done.getInstance());
  }

  private Running start(OpenLedger open) {
    NodeStoreExtension.get(system).attach(open.store());
    var copy = new Running(open);
    running.put(open.settings().genesis().ledgerId(), copy);
    var access = new CompletableFuture<LedgerAccess>();
    replicas.host(open, access);
    var _ = access.thenAccept(ready -> register(copy, ready));
    return copy;
  }

  private void register(Running copy, LedgerAccess access) {
    var way = new EndingAccess(access);
    copy.way.complete(way);
    var ledger = replica(copy, way);
    byId.put(ledger.summary().id().hex(), ledger);
    byName.put(ledger.summary().name().text(), ledger);
    if (copy.isEnding.get()) {
      unregister(copy);
    }
    copy.access.complete(ledger);
  }

  private static HostedLedger replica(Running copy, LedgerAccess access) {
    var settings = copy.ledger.settings();
    return new HostedLedger(summary(settings), access, settings.seat().isPresent());
  }

  private void unregister(Running copy) {
    var settings = copy.ledger.settings();
    byName.remove(settings.name().text());
    byId.remove(settings.genesis().ledgerId().hex());
  }

  /** First nothing comes in, then the roles end, then the store is closed. */
  private void end(Running copy, Ending ending) {
    if (!copy.isEnding.compareAndSet(false, true)) {
      return;
    }
    unregister(copy);
    var _ = copy.way.thenAccept(EndingAccess::end);
    copy.access.completeExceptionally(new IllegalStateException("ended before it was up"));
    var ledger = copy.ledger.settings().genesis().ledgerId();
    var stopped = new CompletableFuture<Done>();
    switch (ending) {
      case RELEASED -> replicas.release(ledger, stopped);
      case FENCED -> replicas.dropFenced(ledger, stopped);
    }
    var _ =
        stopped
            .thenRunAsync(
                () -> {
                  NodeStoreExtension.get(system).detach(ledger);
                  ledgers.close(ledger);
                  running.remove(ledger, copy);
                },
                storage)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    copy.ended.complete(ending);
                  } else {
                    copy.ended.completeExceptionally(failure);
                  }
                });
  }
}
