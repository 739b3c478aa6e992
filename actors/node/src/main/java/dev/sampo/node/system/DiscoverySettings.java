package dev.sampo.node.system;

import java.util.Optional;

/**
 * How a node finds the members of its cluster, where no list of seeds is given.
 *
 * @param method a discovery method of Pekko, such as {@link #DNS}
 * @param service the name that is looked up
 * @param portName of the port that members meet at: with it DNS is asked for SRV records, else for
 *     addresses, whose port is that of this node
 * @param mayForm whether this node forms a cluster if there is none; one node of a cluster may
 * @param requiredContactPoints how many have to be found, this node included, before it forms one
 */
public record DiscoverySettings(
    String method,
    String service,
    Optional<String> portName,
    boolean mayForm,
    int requiredContactPoints) {

  public static final String DNS = "pekko-dns";
}
