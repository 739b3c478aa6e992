package dev.sampo.node.cluster;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachableDataCenter;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableDataCenter;
import org.apache.pekko.cluster.Member;

/**
 * The cluster's opinion of its members, for people to look at; consensus never asks it (decision
 * 3).
 *
 * @param members by address
 * @param unreachableDataCentres those to which this one has lost all connections
 */
public record ClusterSnapshot(
    SortedMap<String, ClusterMember> members, SortedSet<String> unreachableDataCentres) {

  /** Of a node that knows no member. */
  public static final ClusterSnapshot EMPTY = new ClusterSnapshot(new TreeMap<>(), new TreeSet<>());

  public ClusterSnapshot {
    members = new TreeMap<>(members);
    unreachableDataCentres = new TreeSet<>(unreachableDataCentres);
  }

  /** How many members take part, reachable or not. */
  public int membersUp() {
    return (int) members.values().stream().filter(ClusterMember::isUp).count();
  }

  public List<ClusterMember> unreachable() {
    return members.values().stream().filter(member -> !member.isReachable()).toList();
  }

  public SortedMap<String, List<ClusterMember>> byDataCentre() {
    return members.values().stream()
        .collect(
            Collectors.groupingBy(
                ClusterMember::dataCentre, TreeMap::new, Collectors.toUnmodifiableList()));
  }

  /** The snapshot after {@code event}; events of other kinds change nothing. */
  ClusterSnapshot after(ClusterDomainEvent event) {
    return switch (event) {
      case MemberRemoved removed -> without(removed.member());
      case MemberEvent changed -> with(changed.member(), isReachable(changed.member()));
      case ReachabilityEvent changed -> with(changed.member(), changed instanceof ReachableMember);
      case UnreachableDataCenter lost -> withDataCentre(lost.dataCenter(), false);
      case ReachableDataCenter found -> withDataCentre(found.dataCenter(), true);
      default -> this;
    };
  }

  private boolean isReachable(Member member) {
    var known = members.get(ClusterMember.addressOf(member));
    return known == null || known.isReachable();
  }

  private ClusterSnapshot without(Member member) {
    var remaining = new TreeMap<>(members);
    remaining.remove(ClusterMember.addressOf(member));
    return new ClusterSnapshot(remaining, unreachableDataCentres);
  }

  private ClusterSnapshot with(Member member, boolean isReachable) {
    var changed = new TreeMap<>(members);
    changed.put(ClusterMember.addressOf(member), ClusterMember.of(member, isReachable));
    return new ClusterSnapshot(changed, unreachableDataCentres);
  }

  private ClusterSnapshot withDataCentre(String dataCentre, boolean isReachable) {
    var changed = new TreeSet<>(unreachableDataCentres);
    if (isReachable) {
      changed.remove(dataCentre);
    } else {
      changed.add(dataCentre);
    }
    return new ClusterSnapshot(members, changed);
  }
}
