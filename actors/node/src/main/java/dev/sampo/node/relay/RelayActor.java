package dev.sampo.node.relay;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.execution.ExecutionActor;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Carries packets between the ledgers that this node hosts. It is a client like any other: nobody
 * trusts it, and what it submits is done once whoever else submits it too (T3). It runs when a
 * state is certified, or else slowly; the work is that of the storage workers, a few rounds at a
 * time.
 */
public final class RelayActor extends AbstractBehavior<RelayActor.Command> {

  /** What a relay is told. */
  public sealed interface Command {}

  /** Relays no more from or to this ledger, whose replica has ended. */
  public record Forget(LedgerId ledger) implements Command {}

  /** Relays from and to this ledger too; no ledger comes twice without being forgotten. */
  public record Serve(RelayedLedger ledger) implements Command {}

  private record StateMoved(LedgerId ledger, ExecutionActor.Event event) implements Command {}

  private record LinksFound(List<RelayLink> links) implements Command {}

  private record RoundEnded(RelayLink.Key link, Carried carried) implements Command {}

  private record RoundFailed(RelayLink.Key link, Throwable cause) implements Command {}

  private record SearchFailed(Throwable cause) implements Command {}

  /** Begins the rounds that are due. */
  private enum Run implements Command {
    NOW
  }

  /** Looks for new channels, and at all links: somebody's turn may be over. */
  private enum LookAround implements Command {
    NOW
  }

  private static final Duration GATHERING = Duration.ofMillis(50);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final int ROUNDS_MAX = 8;

  private final TimerScheduler<Command> timers;
  private final RelayRun runs;
  private final RelayMetrics metrics;
  private final Executor storage;
  private final SortedMap<LedgerId, RelayedLedger> ledgers = new TreeMap<>();
  private final SortedMap<RelayLink.Key, LinkProgress> links = new TreeMap<>();

  /** Links to run, the one that was marked first leads. */
  private final LinkedHashSet<RelayLink.Key> due = new LinkedHashSet<>();

  private int running;
  private boolean searching;

  private RelayActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RelaySettings settings,
      MeterRegistry registry) {
    super(context);
    this.timers = timers;
    this.storage =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("sampo.storage.dispatcher"));
    this.runs = new RelayRun(settings, storage);
    this.metrics = new RelayMetrics(registry);
    timers.startTimerWithFixedDelay(LookAround.NOW, LOOK_AROUND);
  }

  /** The ledgers come by {@link Serve}. */
  public static Behavior<Command> create(RelaySettings settings, MeterRegistry registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new RelayActor(context, timers, settings, registry)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Serve(var ledger) -> onServe(ledger);
      case Forget(var ledger) -> onForget(ledger);
      case StateMoved(var ledger, var event) -> onStateMoved(ledger, event);
      case LinksFound(var found) -> onLinksFound(found);
      case SearchFailed(var cause) -> {
        searching = false;
        getContext().getLog().warn("channels could not be read", cause);
      }
      case RoundEnded(var link, var carried) -> onRoundEnded(links.get(link), carried);
      case RoundFailed(var link, var cause) -> onRoundFailed(links.get(link), cause);
      case Run now -> onRun();
      case LookAround now -> onLookAround();
    }
    return this;
  }

  private void onServe(RelayedLedger ledger) {
    ledgers.put(ledger.id(), ledger);
    ledger.execution().tell(new ExecutionActor.Subscribe(eventsOf(ledger)));
  }

  private void onForget(LedgerId ledger) {
    ledgers.remove(ledger);
    links.values().removeIf(progress -> progress.link().touches(ledger));
    due.retainAll(links.keySet());
  }

  /** An adapter of its own for each ledger: the context's are one for each type of message. */
  private ActorRef<ExecutionActor.Event> eventsOf(RelayedLedger ledger) {
    var self = getContext().getSelf();
    return getContext()
        .spawnAnonymous(
            Behaviors.setup(
                context -> {
                  context.watch(ledger.execution());
                  return Behaviors.receive(ExecutionActor.Event.class)
                      .onAnyMessage(
                          event -> {
                            self.tell(new StateMoved(ledger.id(), event));
                            return Behaviors.same();
                          })
                      .onSignal(Terminated.class, ended -> Behaviors.stopped())
                      .build();
                }));
  }

  private void onStateMoved(LedgerId ledger, ExecutionActor.Event event) {
    switch (event) {
      case ExecutionActor.BlockStored _ -> {}
      case ExecutionActor.StateCertified _ -> {
        links.values().stream()
            .map(LinkProgress::link)
            .filter(link -> link.touches(ledger))
            .forEach(link -> due.add(link.key()));
        runSoon();
      }
    }
  }

  /** Several ledgers may move at once. */
  private void runSoon() {
    if (!due.isEmpty() && !timers.isTimerActive(Run.NOW)) {
      timers.startSingleTimer(Run.NOW, GATHERING);
    }
  }

  private void onLookAround() {
    due.addAll(links.keySet());
    runSoon();
    if (!searching && ledgers.size() > 1) {
      searching = true;
      var known = new TreeMap<>(ledgers);
      getContext()
          .pipeToSelf(
              CompletableFuture.supplyAsync(() -> RelayLink.among(known), storage),
              (found, failure) ->
                  failure == null ? new LinksFound(found) : new SearchFailed(failure));
    }
  }

  private void onLinksFound(List<RelayLink> found) {
    searching = false;
    for (var link : found) {
      if (isServed(link) && !links.containsKey(link.key())) {
        links.put(link.key(), new LinkProgress(link));
        metrics.found(link);
        due.add(link.key());
      }
    }
    runSoon();
  }

  /** A search may end after a ledger was forgotten. */
  private boolean isServed(RelayLink link) {
    return link.source().equals(ledgers.get(link.source().id()))
        && link.destination().equals(ledgers.get(link.destination().id()));
  }

  private void onRun() {
    var now = now();
    for (var marked = due.iterator(); marked.hasNext() && running < ROUNDS_MAX; ) {
      var progress = links.get(marked.next());
      if (progress != null && progress.mayRun(now)) {
        marked.remove();
        begin(progress, now);
      }
    }
  }

  private void begin(LinkProgress progress, Duration now) {
    running++;
    progress.begin(now);
    var key = progress.link().key();
    getContext()
        .pipeToSelf(
            runs.carry(progress, now),
            (carried, failure) ->
                failure == null ? new RoundEnded(key, carried) : new RoundFailed(key, failure));
  }

  private void onRoundEnded(@Nullable LinkProgress progress, Carried carried) {
    running--;
    if (progress == null) {
      return;
    }
    metrics.carried(progress.link(), carried);
    var inVain = carried.whyInVain();
    if (inVain.isPresent()) {
      pause(progress, inVain.get(), carried);
    } else {
      progress.succeed(carried, now());
      if (!carried.operations().isEmpty()) {
        due.add(progress.link().key());
      }
    }
    runSoon();
  }

  private void pause(LinkProgress progress, String why, Carried carried) {
    var pause = progress.fail(carried, now());
    if (progress.isFirstFailure()) {
      metrics.stumbled(progress.link(), why, pause);
    }
  }

  private void onRoundFailed(@Nullable LinkProgress progress, Throwable cause) {
    running--;
    if (progress != null) {
      var pause = progress.fail(now());
      if (progress.isFirstFailure()) {
        metrics.stumbled(progress.link(), String.valueOf(cause), pause);
      }
    }
    runSoon();
  }

  private static Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }
}
