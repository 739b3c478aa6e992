package dev.sampo.node.system;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.cluster.ClusterKeys;
import java.util.List;

/**
 * How a validator takes part in the Pekko Cluster of its trust domain (architecture, decision 3).
 *
 * @param seeds {@code host:port} of the members to join by
 */
public record Membership(
    ValidatorIndex self,
    Endpoint address,
    String dataCentre,
    List<String> seeds,
    ClusterKeys keys) {

  /** Where Artery listens and by which name others reach it. */
  public record Endpoint(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public Membership {
    seeds = List.copyOf(seeds);
  }
}
