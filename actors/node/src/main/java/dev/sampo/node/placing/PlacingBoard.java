package dev.sampo.node.placing;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node knows of the nodes of its validator and of what they host, and what follows from it.
 * All of it is opinion: two nodes may both think that a ledger is theirs, and then the store lets
 * the later one write alone (protocol V1). Times are monotonic nanoseconds.
 */
final class PlacingBoard {

  /**
   * A node that has not become a member by then acts alone: what the cluster does not do may cost
   * time, but no validator stands still for it (ADR 3).
   */
  static final Duration JOINING_MAX = Duration.ofMinutes(2);

  private record Heard(SortedMap<LedgerId, Held> held, long atNanos) {}

  private final PlacingSettings settings;
  private final PlacingSettings.Timing timing;

  /** From when on the others are expected to be heard. */
  private long expectedSinceNanos;

  private final SortedSet<LedgerId> ledgers = new TreeSet<>();

  /** Of the other nodes. */
  private final SortedMap<String, Heard> heard = new TreeMap<>();

  private final SortedMap<LedgerId, Held> own = new TreeMap<>();

  /** When somebody was last known to host it. */
  private final SortedMap<LedgerId, Long> lastHeldNanos = new TreeMap<>();

  private final SortedMap<LedgerId, BackOff> backOffs = new TreeMap<>();
  private final SortedMap<LedgerId, Long> hostedSinceNanos = new TreeMap<>();

  /** Since when the same nodes are there: only then is anything moved for the sake of balance. */
  private long sameNodesSinceNanos;

  private SortedSet<String> nodesBefore = new TreeSet<>();

  PlacingBoard(PlacingSettings settings, long nowNanos) {
    this.settings = settings;
    this.timing = settings.timing();
    this.expectedSinceNanos = nowNanos + JOINING_MAX.toNanos();
    this.sameNodesSinceNanos = nowNanos;
  }

  /** This node is a member of the cluster, in which it will hear the others soon. */
  void joined(long nowNanos) {
    expectedSinceNanos = Math.min(expectedSinceNanos, nowNanos);
  }

  /** The validator has these ledgers; none is ever taken away again. */
  void know(Collection<LedgerId> known) {
    ledgers.addAll(known);
  }

  SortedSet<LedgerId> ledgers() {
    return new TreeSet<>(ledgers);
  }

  /** Another node has said what it hosts; one of another name is ignored. */
  void hear(String node, SortedMap<LedgerId, Held> held, long nowNanos) {
    if (!settings.nodes().contains(node) || node.equals(settings.self())) {
      return;
    }
    heard.put(node, new Heard(new TreeMap<>(held), nowNanos));
    held.keySet().forEach(ledger -> lastHeldNanos.put(ledger, nowNanos));
  }

  /** This node begins to take over the ledger. */
  void begin(LedgerId ledger) {
    own.put(ledger, Held.TAKING_OVER);
  }

  /** This node hosts the ledger. */
  void host(LedgerId ledger, Held held, long nowNanos) {
    own.put(ledger, held);
    hostedSinceNanos.put(ledger, nowNanos);
  }

  /** This node hosts the ledger no longer, as was intended. */
  void release(LedgerId ledger, long nowNanos) {
    own.remove(ledger);
    lastHeldNanos.put(ledger, nowNanos);
  }

  /** This node has lost the ledger to another writer, or could not take it over. */
  void lose(LedgerId ledger, long nowNanos, double random) {
    var since = hostedSinceNanos.remove(ledger);
    boolean wasStable = since != null && nowNanos - since > timing.backOffMax().toNanos();
    var before = backOffs.get(ledger);
    int losses = before == null || wasStable ? 1 : before.losses() + 1;
    backOffs.put(ledger, BackOff.after(losses, timing, nowNanos, random));
    release(ledger, nowNanos);
  }

  SortedMap<LedgerId, Held> own() {
    return new TreeMap<>(own);
  }

  Optional<Held> own(LedgerId ledger) {
    return Optional.ofNullable(own.get(ledger));
  }

  /** This node, and those that were heard lately. */
  SortedSet<String> present(long nowNanos) {
    var present = new TreeSet<String>();
    present.add(settings.self());
    heard.forEach(
        (node, last) -> {
          if (nowNanos - last.atNanos() < timing.absentAfter().toNanos()) {
            present.add(node);
          }
        });
    return present;
  }

  /** The present node that hosts the newest copy, or else one that is taking it over. */
  Optional<String> holder(LedgerId ledger, long nowNanos) {
    return present(nowNanos).stream()
        .filter(node -> heldBy(node).containsKey(ledger))
        .max(Comparator.comparingLong(node -> epochAt(node, ledger)));
  }

  /** When somebody was last known to host it; now, if nobody ever was. */
  long lastHeldNanos(LedgerId ledger, long nowNanos) {
    return lastHeldNanos.getOrDefault(ledger, nowNanos);
  }

  /** Whether an order to move a ledger can be followed, and who has to begin. */
  MoveAnswer answer(MoveOrder order, long nowNanos) {
    var holder = holder(order.ledger(), nowNanos);
    if (!settings.nodes().contains(order.to())) {
      return new MoveAnswer.UnknownNode(new TreeSet<>(settings.nodes()));
    }
    if (holder.isEmpty() && !ledgers.contains(order.ledger())) {
      return new MoveAnswer.UnknownLedger(order.ledger());
    }
    if (!present(nowNanos).contains(order.to())) {
      return new MoveAnswer.AbsentNode(present(nowNanos));
    }
    if (!isRunning(order.ledger(), nowNanos)) {
      return new MoveAnswer.BetweenNodes();
    }
    long epoch = holder.map(node -> epochAt(node, order.ledger())).orElse(0L);
    if (epoch != order.writerEpoch()) {
      return new MoveAnswer.OtherCopy(epoch);
    }
    return holder.equals(Optional.of(order.to()))
        ? new MoveAnswer.AlreadyThere()
        : new MoveAnswer.UnderWay(holder.orElseThrow());
  }

  /** What a present node has said that it hosts. */
  SortedMap<LedgerId, Held> heldBy(String node) {
    if (node.equals(settings.self())) {
      return own;
    }
    var last = heard.get(node);
    return last == null ? new TreeMap<>() : last.held();
  }

  private long epochAt(String node, LedgerId ledger) {
    var held = heldBy(node).get(ledger);
    return held == null ? -1 : held.writerEpoch();
  }

  /** What this node is to do now; each step is begun before this is asked again. */
  List<PlacingStep> next(long nowNanos) {
    var present = present(nowNanos);
    if (!present.equals(nodesBefore)) {
      nodesBefore = present;
      sameNodesSinceNanos = nowNanos;
    }
    var steps = new ArrayList<PlacingStep>();
    for (var ledger : own.keySet()) {
      if (isOutdated(ledger, nowNanos)) {
        steps.add(new PlacingStep.Drop(ledger));
      }
    }
    takeOvers(present, nowNanos).forEach(each -> steps.add(new PlacingStep.TakeOver(each)));
    if (steps.isEmpty()) {
      handOver(present, nowNanos).ifPresent(steps::add);
    }
    return steps;
  }

  private boolean isOutdated(LedgerId ledger, long nowNanos) {
    long epoch = epochAt(settings.self(), ledger);
    return epoch > 0 && present(nowNanos).stream().anyMatch(node -> epochAt(node, ledger) > epoch);
  }

  /**
   * Ledgers that nobody hosts go to the nodes that host fewest, in the order of their names: all
   * nodes that have heard the same find the same.
   */
  private List<LedgerId> takeOvers(SortedSet<String> present, long nowNanos) {
    var loads = loads(present);
    var mine = new ArrayList<LedgerId>();
    for (var ledger : ledgers) {
      if (holder(ledger, nowNanos).isEmpty() && isForsaken(ledger, present, nowNanos)) {
        var node = least(loads);
        loads.merge(node, 1, Integer::sum);
        if (node.equals(settings.self()) && isPermitted(ledger, nowNanos)) {
          mine.add(ledger);
        }
      }
    }
    return mine;
  }

  private boolean isForsaken(LedgerId ledger, SortedSet<String> present, long nowNanos) {
    var last = lastHeldNanos.get(ledger);
    if (last != null) {
      return nowNanos - last >= timing.absentAfter().toNanos();
    }
    return present.equals(settings.nodes())
        || nowNanos - expectedSinceNanos >= timing.settle().toNanos();
  }

  private boolean isPermitted(LedgerId ledger, long nowNanos) {
    var backOff = backOffs.get(ledger);
    return backOff == null || backOff.permits(nowNanos);
  }

  /** One ledger at a time goes from the node that hosts most to the one that hosts fewest. */
  private Optional<PlacingStep> handOver(SortedSet<String> present, long nowNanos) {
    var loads = loads(present);
    var least = least(loads);
    boolean isDue =
        nowNanos - sameNodesSinceNanos >= timing.absentAfter().toNanos()
            && isMost(loads)
            && count(loads, settings.self()) - count(loads, least) > 1
            && ledgers.stream().allMatch(ledger -> isRunning(ledger, nowNanos));
    return isDue
        ? own.entrySet().stream()
            .filter(each -> !each.getValue().isPinned())
            .map(Map.Entry::getKey)
            .findFirst()
            .map(ledger -> new PlacingStep.HandOver(ledger, least))
        : Optional.empty();
  }

  private boolean isRunning(LedgerId ledger, long nowNanos) {
    return holder(ledger, nowNanos).filter(node -> epochAt(node, ledger) > 0).isPresent();
  }

  private SortedMap<String, Integer> loads(SortedSet<String> present) {
    var loads = new TreeMap<String, Integer>();
    present.forEach(node -> loads.put(node, heldBy(node).size()));
    return loads;
  }

  private static int count(SortedMap<String, Integer> loads, String node) {
    return loads.getOrDefault(node, 0);
  }

  /** Of equal ones the first by name. */
  private static String least(SortedMap<String, Integer> loads) {
    return loads.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private boolean isMost(SortedMap<String, Integer> loads) {
    var most =
        loads.entrySet().stream()
            .max(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey);
    return most.equals(Optional.of(settings.self()));
  }
}
