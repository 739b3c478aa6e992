package dev.sampo.cluster.startup;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.NodeParts;
import dev.sampo.node.cluster.ClusterKeys;
import java.util.List;
import java.util.Map;

/** What Pekko is told by a node's configuration; everything else is in the reference files. */
final class ActorSystemConfig {

  /** All members of a cluster have an actor system of this name. */
  static final String SYSTEM = "sampo";

  private ActorSystemConfig() {}

  static Config of(NodeConfig node, ValidatorIndex self, ClusterKeys keys) {
    var address = node.cluster().address();
    List<String> seeds =
        node.cluster().seeds().stream().map(seed -> "pekko://" + SYSTEM + "@" + seed).toList();
    var membership =
        Map.of(
            "sampo.cluster.host", address.host(),
            "sampo.cluster.port", address.port(),
            "sampo.cluster.data-centre", node.self().dataCentre(),
            "sampo.cluster.seed-nodes", seeds,
            "pekko.cluster.roles", List.of("validator", NodeParts.roleOf(self)));
    // NodeProcess ends the process itself, as the store must be closed after the actors.
    var process =
        Map.of(
            "pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
            "pekko.cluster.jmx.enabled", "off",
            "pekko.logging-filter", "org.apache.pekko.event.slf4j.Slf4jLoggingFilter",
            "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
            "pekko.persistence.journal.plugin", "sampo.persistence.journal",
            "pekko.persistence.snapshot-store.plugin", "sampo.persistence.snapshot-store");
    return ConfigFactory.parseMap(membership)
        .withFallback(ConfigFactory.parseMap(keys.settings()))
        .withFallback(ConfigFactory.parseMap(process))
        .withFallback(ConfigFactory.parseResources("cluster.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }
}
