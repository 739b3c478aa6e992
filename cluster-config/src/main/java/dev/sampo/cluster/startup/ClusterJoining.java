package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.DiscoverySection;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.system.DiscoverySettings;
import dev.sampo.node.system.Membership;
import java.util.List;
import java.util.Map;

/** What a configuration says of the cluster, as Pekko is told it. */
final class ClusterJoining {

  private ClusterJoining() {}

  static Membership of(
      ClusterSection cluster, List<String> roles, String dataCentre, ClusterKeys keys) {
    return new Membership(
        roles,
        new Membership.Endpoint(cluster.address().host(), cluster.address().port()),
        dataCentre,
        cluster.seeds().stream().map(NodeConfig.Address::toString).toList(),
        cluster.discovery().map(ClusterJoining::settings),
        keys);
  }

  private static DiscoverySettings settings(DiscoverySection section) {
    return new DiscoverySettings(
        switch (section.kind()) {
          case DNS -> DiscoverySettings.DNS;
          case KUBERNETES -> DiscoverySettings.KUBERNETES;
        },
        section
            .pods()
            .map(pods -> DiscoverySettings.pods(pods.namespace(), pods.label()))
            .orElse(Map.of()),
        section.service(),
        section.portName(),
        section.mayForm(),
        section.requiredContactPoints());
  }
}
