package dev.sampo.node.placing;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.cluster.ClusterMessage;
import dev.sampo.node.gateway.LedgerSummary;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.ledger.RunningLedgers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Agrees with the other nodes of its validator on who hosts which ledger, and has this node take
 * over and release accordingly. It decides where a replica is tried; that only one copy writes is
 * the store's doing (protocol V1).
 */
public final class PlacementActor extends AbstractBehavior<PlacementActor.Command> {

  /** What the placement is told. */
  public sealed interface Command {}

  /** What a node hosts of a validator's ledgers, said every second and at each change. */
  record Report(String node, ActorRef<Command> from, List<Entry> held)
      implements Command, ClusterMessage {
    Report {
      held = List.copyOf(held);
    }
  }

  /** A ledger that a node hosts, by its id in hexadecimal digits; see {@link Held}. */
  record Entry(String ledger, long writerEpoch, boolean isPinned, long unhostedMillis) {}

  /**
   * The receiver is to take the ledger over: the sender has released it, and took so long for that.
   */
  record Offer(String ledger, boolean isPinned, long unhostedMillis)
      implements Command, ClusterMessage {}

  /** The receiver, which hosts the ledger in that writer epoch, is to hand it over. */
  record HandOver(String ledger, long writerEpoch, String to) implements Command, ClusterMessage {}

  /** A planned move; {@code answer} completes once it is under way, or says why it is not. */
  public record Move(MoveOrder order, CompletableFuture<MoveAnswer> answer) implements Command {}

  /** A ledger was given to this node: it is its first host. */
  public record HostNew(LedgerId ledger) implements Command {}

  /** Asks who hosts what, by the names of the nodes that are there. */
  public record GetPlacement(CompletableFuture<SortedMap<String, List<Hosted>>> answer)
      implements Command {}

  /** A ledger that a node hosts. */
  public record Hosted(LedgerId ledger, long writerEpoch, long unhostedMillis) {}

  /** The listener is told from now on whenever this node begins or ceases to host a ledger. */
  public record InformOf(ActorRef<HostingChanged> listener) implements Command {}

  /** What a node hosts is not what it was. */
  public record HostingChanged() {}

  /** Hands all ledgers over to the other nodes; {@code left} completes once this one has none. */
  public record Leave(CompletableFuture<Done> left) implements Command {}

  private record NodesListed(Receptionist.Listing listing) implements Command {}

  private record LedgersKnown(List<LedgerSummary> ledgers) implements Command {}

  private record LedgersUnknown(Throwable cause) implements Command {}

  private record TakenOver(LedgerId ledger, Begun begun, RunningLedgers.Copy copy)
      implements Command {}

  private record NotTakenOver(LedgerId ledger, Throwable cause) implements Command {}

  private record Ended(LedgerId ledger, RunningLedgers.Ending ending) implements Command {}

  private record EndFailed(LedgerId ledger, Throwable cause) implements Command {}

  /** This node is a member of the cluster; told once or more often. */
  public record Joined() implements Command {}

  private enum Tick implements Command {
    NOW
  }

  private enum LookForLedgers implements Command {
    NOW
  }

  private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * LedgerId.LENGTH + "}");

  /** Other nodes may be given ledgers. */
  private static final Duration LOOK_FOR_LEDGERS = Duration.ofSeconds(5);

  private final PlacingSettings settings;
  private final RunningLedgers running;
  private final PlacingBoard board;
  private final TimerScheduler<Command> timers;
  private final ServiceKey<Command> key;
  private final SortedMap<String, ActorRef<Command>> nodes = new TreeMap<>();

  /** To whom a ledger goes that is being released; nobody if it is dropped. */
  private final SortedMap<LedgerId, Optional<Offering>> releasing = new TreeMap<>();

  private Set<ActorRef<Command>> listed = new HashSet<>();
  private Optional<CompletableFuture<Done>> leaving = Optional.empty();
  private Optional<ActorRef<HostingChanged>> listener = Optional.empty();

  /** To whom a released ledger goes, and since when nobody hosts it. */
  private record Offering(String to, boolean isPinned, long sinceNanos) {}

  /** Since when a ledger that is taken over is hosted by nobody. */
  private record Begun(boolean isPinned, long sinceNanos) {}

  private PlacementActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PlacingSettings settings,
      RunningLedgers running,
      String validator) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.running = running;
    this.board = new PlacingBoard(settings, System.nanoTime());
    this.key = ServiceKey.create(Command.class, "placement-of-" + validator);
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(key, context.getSelf()));
    var listings = context.messageAdapter(Receptionist.Listing.class, NodesListed::new);
    receptionist.tell(Receptionist.subscribe(key, listings));
    timers.startTimerWithFixedDelay(Tick.NOW, settings.timing().report());
    timers.startTimerWithFixedDelay(LookForLedgers.NOW, Duration.ZERO, LOOK_FOR_LEDGERS);
  }

  /** {@code validator} is the name by which the nodes of this validator find each other. */
  public static Behavior<Command> create(
      PlacingSettings settings, RunningLedgers running, String validator) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new PlacementActor(context, timers, settings, running, validator)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Tick now -> onTick();
      case Joined now -> board.joined(now());
      case LookForLedgers now -> onLookForLedgers();
      case NodesListed(var listing) -> listed = Set.copyOf(listing.getAllServiceInstances(key));
      case LedgersKnown(var ledgers) ->
          board.know(ledgers.stream().map(LedgerSummary::id).toList());
      case LedgersUnknown(var cause) ->
          getContext().getLog().warn("the ledgers of this validator cannot be read", cause);
      case Report report -> onReport(report);
      case Offer(var ledger, boolean isPinned, long millis) -> {
        long since = now() - Duration.ofMillis(millis).toNanos();
        known(ledger).ifPresent(id -> onOffer(id, new Begun(isPinned, since)));
      }
      case HandOver(var ledger, long epoch, var to) ->
          known(ledger)
              .filter(id -> board.own(id).filter(own -> own.writerEpoch() == epoch).isPresent())
              .ifPresent(id -> handOver(id, to, true));
      case Move move -> onMove(move);
      case HostNew(var ledger) -> {
        board.know(List.of(ledger));
        onOffer(ledger, new Begun(false, now()));
      }
      case GetPlacement(var answer) -> answer.complete(placement());
      case InformOf(var interested) -> listener = Optional.of(interested);
      case Leave(var left) -> onLeave(left);
      case TakenOver taken -> onTakenOver(taken);
      case NotTakenOver(var ledger, var cause) -> onNotTakenOver(ledger, cause);
      case Ended(var ledger, var ending) -> onEnded(ledger, ending);
      case EndFailed(var ledger, var cause) ->
          throw new IllegalStateException("a copy of " + ledger + " did not end", cause);
    }
    return this;
  }

  private void onTick() {
    if (leaving.isEmpty()) {
      board.next(now()).forEach(this::perform);
    }
    report();
  }

  private void perform(PlacingStep step) {
    switch (step) {
      case PlacingStep.TakeOver(var ledger) ->
          takeOver(ledger, new Begun(false, board.lastHeldNanos(ledger, now())));
      case PlacingStep.HandOver(var ledger, var to) -> handOver(ledger, to, false);
      case PlacingStep.Drop(var ledger) -> release(ledger, Optional.empty());
    }
  }

  private void onLookForLedgers() {
    getContext()
        .pipeToSelf(
            running.known(),
            (known, failure) ->
                failure == null ? new LedgersKnown(known) : new LedgersUnknown(failure));
  }

  private void report() {
    var held =
        board.own().entrySet().stream()
            .filter(each -> !releasing.containsKey(each.getKey()))
            .map(
                each ->
                    new Entry(
                        each.getKey().hex(),
                        each.getValue().writerEpoch(),
                        each.getValue().isPinned(),
                        each.getValue().unhostedMillis()))
            .toList();
    var report = new Report(settings.self(), getContext().getSelf(), held);
    listed.stream()
        .filter(node -> !node.equals(getContext().getSelf()))
        .forEach(node -> node.tell(report));
  }

  /** From a node of the same cluster, which is trusted (ADR 3); only its size is bounded. */
  private void onReport(Report report) {
    if (!settings.nodes().contains(report.node())
        || report.held().size() > OpenLedgers.LEDGERS_MAX) {
      getContext().getLog().warn("a report of node {} is ignored", report.node());
      return;
    }
    var held = held(report);
    boolean isNew = nodes.put(report.node(), report.from()) == null;
    board.hear(report.node(), held, now());
    if (isNew) {
      report();
    }
  }

  /** One that is not known yet will be found in the database, and placed as any other. */
  private Optional<LedgerId> known(String ledger) {
    return board.ledgers().stream().filter(id -> id.hex().equals(ledger)).findFirst();
  }

  /** What is no ledger's id is left out. */
  private static SortedMap<LedgerId, Held> held(Report report) {
    var held = new TreeMap<LedgerId, Held>();
    for (var entry : report.held()) {
      if (ID.matcher(entry.ledger()).matches()) {
        var id = LedgerId.fromHex(entry.ledger());
        held.put(id, new Held(entry.writerEpoch(), entry.isPinned(), entry.unhostedMillis()));
      }
    }
    return held;
  }

  private void onOffer(LedgerId ledger, Begun begun) {
    if (board.own(ledger).isEmpty() && leaving.isEmpty()) {
      takeOver(ledger, begun);
    }
  }

  private void takeOver(LedgerId ledger, Begun begun) {
    if (board.own().size() >= OpenLedgers.LEDGERS_MAX) {
      getContext().getLog().warn("ledger {} is not taken over: no room", ledger);
      return;
    }
    getContext().getLog().info("taking over ledger {}", ledger);
    board.begin(ledger);
    getContext()
        .pipeToSelf(
            running.takeOver(ledger),
            (copy, failure) ->
                failure == null
                    ? new TakenOver(ledger, begun, copy)
                    : new NotTakenOver(ledger, failure));
    report();
  }

  private void onTakenOver(TakenOver taken) {
    var copy = taken.copy();
    long unhosted = Duration.ofNanos(now() - taken.begun().sinceNanos()).toMillis();
    getContext()
        .getLog()
        .info(
            "hosts ledger {} with writer epoch {}; nobody did for {} ms",
            taken.ledger(),
            copy.writerEpoch(),
            unhosted);
    board.host(
        taken.ledger(), new Held(copy.writerEpoch(), taken.begun().isPinned(), unhosted), now());
    getContext()
        .pipeToSelf(
            copy.ended(),
            (ending, failure) ->
                failure == null
                    ? new Ended(taken.ledger(), ending)
                    : new EndFailed(taken.ledger(), failure));
    report();
    inform();
  }

  private void onNotTakenOver(LedgerId ledger, Throwable cause) {
    getContext().getLog().warn("ledger {} could not be taken over", ledger, cause);
    board.lose(ledger, now(), ThreadLocalRandom.current().nextDouble());
    report();
  }

  private void onEnded(LedgerId ledger, RunningLedgers.Ending ending) {
    var offering = Optional.ofNullable(releasing.remove(ledger)).flatMap(each -> each);
    switch (ending) {
      case FENCED -> board.lose(ledger, now(), ThreadLocalRandom.current().nextDouble());
      case RELEASED -> board.release(ledger, now());
    }
    report();
    offering.ifPresent(each -> offer(ledger, each));
    leaveIfEmpty();
  }

  private void offer(LedgerId ledger, Offering offering) {
    var node = nodes.get(offering.to());
    if (node != null) {
      long unhosted = Duration.ofNanos(now() - offering.sinceNanos()).toMillis();
      node.tell(new Offer(ledger.hex(), offering.isPinned(), unhosted));
    }
  }

  private void handOver(LedgerId ledger, String to, boolean isPinned) {
    getContext().getLog().info("handing ledger {} over to {}", ledger, to);
    release(ledger, Optional.of(new Offering(to, isPinned, now())));
  }

  /** One that is only being taken over is left to finish first. */
  private void release(LedgerId ledger, Optional<Offering> offering) {
    boolean isRunning = board.own(ledger).filter(Held::isRunning).isPresent();
    if (isRunning && releasing.putIfAbsent(ledger, offering) == null) {
      var _ = running.release(ledger);
      inform();
    }
  }

  private void inform() {
    listener.ifPresent(interested -> interested.tell(new HostingChanged()));
  }

  private void onMove(Move move) {
    var answer =
        releasing.containsKey(move.order().ledger())
            ? new MoveAnswer.BetweenNodes()
            : board.answer(move.order(), now());
    if (answer instanceof MoveAnswer.UnderWay(var from)) {
      begin(move.order(), from);
    }
    move.answer().complete(answer);
  }

  /** The node that hosts the ledger may be another than the one that was asked. */
  private void begin(MoveOrder order, String from) {
    if (from.equals(settings.self())) {
      handOver(order.ledger(), order.to(), true);
    } else {
      Optional.ofNullable(nodes.get(from))
          .ifPresent(
              node ->
                  node.tell(new HandOver(order.ledger().hex(), order.writerEpoch(), order.to())));
    }
  }

  /** The one that hosts fewest gets the next. */
  private void onLeave(CompletableFuture<Done> left) {
    leaving = Optional.of(left);
    timers.cancel(LookForLedgers.NOW);
    var others = board.present(now());
    others.remove(settings.self());
    var targets = List.copyOf(others);
    int next = 0;
    for (var ledger : board.own().keySet()) {
      if (targets.isEmpty()) {
        release(ledger, Optional.empty());
      } else {
        handOver(ledger, targets.get(next++ % targets.size()), false);
      }
    }
    leaveIfEmpty();
  }

  private void leaveIfEmpty() {
    if (board.own().values().stream().noneMatch(Held::isRunning)) {
      leaving.ifPresent(left -> left.complete(Done.getInstance()));
    }
  }

  private SortedMap<String, List<Hosted>> placement() {
    var placement = new TreeMap<String, List<Hosted>>();
    for (var node : board.present(now())) {
      placement.put(
          node,
          board.heldBy(node).entrySet().stream()
              .filter(each -> !isReleasing(node, each.getKey()))
              .map(
                  each ->
                      new Hosted(
                          each.getKey(),
                          each.getValue().writerEpoch(),
                          each.getValue().unhostedMillis()))
              .toList());
    }
    return placement;
  }

  private boolean isReleasing(String node, LedgerId ledger) {
    return node.equals(settings.self()) && releasing.containsKey(ledger);
  }

  private static long now() {
    return System.nanoTime();
  }
}
