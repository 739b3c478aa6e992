package dev.sampo.node.system;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.NodeParts;
import dev.sampo.node.cluster.ClusterKeys;
import java.util.List;
import java.util.Optional;

/**
 * How a node takes part in the Pekko Cluster of its trust domain (architecture, decision 3).
 *
 * @param roles by which the members know what it is
 * @param seeds {@code host:port} of the members to join by; none with {@code discovery}
 */
public record Membership(
    List<String> roles,
    Endpoint address,
    String dataCentre,
    List<String> seeds,
    Optional<DiscoverySettings> discovery,
    ClusterKeys keys) {

  /** By seeds. */
  public Membership(
      List<String> roles,
      Endpoint address,
      String dataCentre,
      List<String> seeds,
      ClusterKeys keys) {
    this(roles, address, dataCentre, seeds, Optional.empty(), keys);
  }

  /** Where Artery listens and by which name others reach it. */
  public record Endpoint(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** What a validator is among the members. */
  public static List<String> validator(ValidatorIndex index) {
    return List.of("validator", NodeParts.roleOf(index));
  }

  /** What a gateway is. */
  public static List<String> gateway() {
    return List.of("gateway");
  }

  /** What a reader is. */
  public static List<String> reader() {
    return List.of("reader");
  }

  public Membership {
    roles = List.copyOf(roles);
    seeds = List.copyOf(seeds);
  }
}
