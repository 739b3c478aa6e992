package dev.sampo.cluster.startup;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.NodeParts;
import java.util.List;
import java.util.Map;

/** What Pekko is told by a node's configuration; everything else is in the reference files. */
final class ActorSystemConfig {

  /** All members of a cluster have an actor system of this name. */
  static final String SYSTEM = "sampo";

  private ActorSystemConfig() {}

  static Config of(NodeConfig node, ValidatorIndex self) {
    var address = node.cluster().address();
    List<String> seeds =
        node.cluster().seeds().stream().map(seed -> "pekko://" + SYSTEM + "@" + seed).toList();
    var values =
        Map.of(
            "pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
            "pekko.loglevel", "INFO",
            "pekko.logging-filter", "org.apache.pekko.event.slf4j.Slf4jLoggingFilter",
            "pekko.actor.provider", "cluster",
            "pekko.remote.artery.canonical.hostname", address.host(),
            "pekko.remote.artery.canonical.port", address.port(),
            "pekko.cluster.seed-nodes", seeds,
            "pekko.cluster.roles", List.of("validator", NodeParts.roleOf(self)),
            "pekko.cluster.multi-data-center.self-data-center", node.self().dataCentre());
    // NodeProcess ends the process itself, as the store must be closed after the actors.
    var ends =
        Map.of(
            "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
            "pekko.coordinated-shutdown.exit-jvm", "off",
            "pekko.jvm-exit-on-fatal-error", "on",
            "pekko.persistence.journal.plugin", "sampo.persistence.journal",
            "pekko.persistence.snapshot-store.plugin", "sampo.persistence.snapshot-store");
    return ConfigFactory.parseMap(values)
        .withFallback(ConfigFactory.parseMap(ends))
        .withFallback(ConfigFactory.load());
  }
}
