package dev.sampo.node.cluster;

import java.util.List;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/**
 * A member of the cluster as this node sees it.
 *
 * @param address host and port
 * @param roles in alphabetical order
 * @param status Pekko's word for it, such as {@code Joining} or {@code Up}
 * @param isUp takes part in the cluster
 */
public record ClusterMember(
    String address,
    String dataCentre,
    List<String> roles,
    String status,
    boolean isUp,
    boolean isReachable) {

  public ClusterMember {
    roles = List.copyOf(roles);
  }

  static ClusterMember of(Member member, boolean isReachable) {
    var status = member.status();
    return new ClusterMember(
        addressOf(member),
        member.dataCenter(),
        member.getRoles().stream().filter(role -> !role.startsWith("dc-")).sorted().toList(),
        status.toString(),
        status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp()),
        isReachable);
  }

  static String addressOf(Member member) {
    return member.address().hostPort();
  }
}
