package dev.sampo.node.routing;

import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.cluster.NodeNotice;
import dev.sampo.node.cluster.ReplicaNotice;
import dev.sampo.node.gateway.LedgerSummary;
import dev.sampo.node.gateway.RemoteReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the nodes of a trust domain said last, as one of them heard it. Immutable.
 *
 * @param dataCentre of the node that heard it
 * @param own what this node said of itself; nothing before it first did
 * @param others by their addresses in the cluster
 */
record Directory(String dataCentre, Optional<NodeNotice> own, SortedMap<String, Heard> others) {

  /** More nodes than that are not listened to. */
  static final int NODES_MAX = 256;

  /** A replica that is further behind than that is not in sync. */
  static final long LAG_MAX = 64;

  /** Before the first answer of a node. */
  static final Duration UNKNOWN = Duration.ofSeconds(1);

  /**
   * A notice of another node.
   *
   * @param roundTrip how long it takes to hear from it
   * @param atNanos when it was heard, by the node's monotonic clock
   */
  record Heard(NodeNotice notice, Duration roundTrip, long atNanos) {}

  Directory {
    others = new TreeMap<>(others);
  }

  static Directory of(String dataCentre) {
    return new Directory(dataCentre, Optional.empty(), new TreeMap<>());
  }

  Directory withOwn(NodeNotice notice) {
    return new Directory(dataCentre, Optional.of(notice), others);
  }

  /** One node more than {@link #NODES_MAX} changes nothing. */
  Directory with(String address, NodeNotice notice, long nowNanos) {
    var before = others.get(address);
    if (before == null && others.size() >= NODES_MAX) {
      return this;
    }
    return with(
        address, new Heard(notice, before == null ? UNKNOWN : before.roundTrip(), nowNanos));
  }

  /** What was measured now counts for a quarter; nothing of a node that has said nothing. */
  Directory withRoundTrip(String address, Duration measured) {
    var before = others.get(address);
    if (before == null) {
      return this;
    }
    var smooth =
        before.roundTrip().equals(UNKNOWN)
            ? measured
            : before.roundTrip().multipliedBy(3).plus(measured).dividedBy(4);
    return with(address, new Heard(before.notice(), smooth, before.atNanos()));
  }

  private Directory with(String address, Heard heard) {
    var changed = new TreeMap<>(others);
    changed.put(address, heard);
    return new Directory(dataCentre, own, changed);
  }

  /** Without nodes that are no reachable members, and without those that fell silent. */
  Directory keeping(Collection<String> members, long nowNanos, Duration silenceMax) {
    var kept = new TreeMap<>(others);
    kept.entrySet()
        .removeIf(
            each ->
                !members.contains(each.getKey())
                    || nowNanos - each.getValue().atNanos() > silenceMax.toNanos());
    return kept.size() == others.size() ? this : new Directory(dataCentre, own, kept);
  }

  /** Those of other nodes: in sync before others, then of this data centre, then near. */
  List<RemoteReplica> replicasOf(String ledger) {
    return others.values().stream()
        .filter(heard -> !heard.notice().host().isEmpty())
        .flatMap(heard -> find(heard.notice(), ledger).map(it -> new Candidate(heard, it)).stream())
        .sorted(nearestFirst())
        .map(Candidate::replica)
        .toList();
  }

  private record Candidate(Heard heard, ReplicaNotice notice) {

    /** Less than a millisecond is no difference. */
    long millis() {
      return heard.roundTrip().toMillis();
    }

    RemoteReplica replica() {
      var node = heard.notice();
      return new RemoteReplica(
          node.node(),
          node.dataCentre(),
          new RemoteReplica.Address(node.host(), node.port()),
          isInSync(notice),
          notice.takesSubmissions());
    }
  }

  private Comparator<Candidate> nearestFirst() {
    return Comparator.<Candidate, Boolean>comparing(each -> !isInSync(each.notice()))
        .thenComparingLong(each -> isInSync(each.notice()) ? 0 : each.notice().lag())
        .thenComparing(each -> !each.heard().notice().dataCentre().equals(dataCentre))
        .thenComparingLong(Candidate::millis)
        .thenComparing(each -> each.heard().notice().node());
  }

  private static boolean isInSync(ReplicaNotice notice) {
    return notice.isReady() && notice.lag() <= LAG_MAX;
  }

  /** True as long as this node has not looked at its replica. */
  boolean isOwnInSync(String ledger) {
    return own.flatMap(notice -> find(notice, ledger)).map(Directory::isInSync).orElse(true);
  }

  private static Optional<ReplicaNotice> find(NodeNotice node, String ledger) {
    return node.replicas().stream()
        .filter(
            each ->
                ledger.isEmpty()
                    ? each.isFirst()
                    : each.name().equals(ledger) || each.id().equals(ledger))
        .findFirst();
  }

  /** What any node hosts. */
  Stream<ReplicaNotice> hosted() {
    return Stream.concat(own.stream(), others.values().stream().map(Heard::notice))
        .flatMap(notice -> notice.replicas().stream());
  }

  /** Each once, in the order of their names; of two with one name the first that is found. */
  List<LedgerSummary> ledgers() {
    var byName = new TreeMap<String, LedgerSummary>();
    hosted().forEach(each -> byName.computeIfAbsent(each.name(), _ -> summary(each)));
    return new ArrayList<>(byName.values());
  }

  private static LedgerSummary summary(ReplicaNotice notice) {
    return new LedgerSummary(
        new LedgerName(notice.name()),
        LedgerId.fromHex(notice.id()),
        notice.engine(),
        notice.application(),
        notice.validators(),
        notice.isFirst());
  }
}
