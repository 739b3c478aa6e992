package dev.sampo.node.cluster;

import java.util.List;

/**
 * What a node says of itself to the members of its cluster.
 *
 * @param node its name
 * @param host where it takes requests that are forwarded to it; empty if it takes none
 */
public record NodeNotice(
    String node, String dataCentre, String host, int port, List<ReplicaNotice> replicas) {

  /** No node hosts more ledgers. */
  public static final int REPLICAS_MAX = 64;

  public NodeNotice {
    ReplicaNotice.requireShort(node);
    ReplicaNotice.requireShort(dataCentre);
    ReplicaNotice.requireShort(host);
    if (replicas.size() > REPLICAS_MAX) {
      throw new IllegalArgumentException("a notice names " + replicas.size() + " ledgers");
    }
    replicas = List.copyOf(replicas);
  }
}
