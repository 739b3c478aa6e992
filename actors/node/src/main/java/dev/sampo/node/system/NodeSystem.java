package dev.sampo.node.system;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.sampo.node.Node;
import dev.sampo.node.NodeParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/** What Pekko is told of a node; everything else is in the reference files. */
public final class NodeSystem {

  /** All members of a cluster have an actor system of this name. */
  public static final String NAME = "sampo";

  /** Who may form a cluster asks long enough to find the one that there is. */
  private static final Duration FORM_AFTER = Duration.ofSeconds(5);

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

  /** With more cores than that, each role has threads of its own. */
  private static final int FEW_CORES = 2;

  private NodeSystem() {}

  /** Starts the actors of a node; {@code extra} overrides what every node has. */
  public static ActorSystem<Node.Command> start(
      NodeParts parts, Membership membership, Map<String, String> extra) {
    return start(Node.create(parts), membership, extra);
  }

  /** As above, with the guardian of any node. */
  public static <C> ActorSystem<C> start(
      Behavior<C> guardian, Membership membership, Map<String, String> extra) {
    var settings = ConfigFactory.parseMap(extra).withFallback(of(membership)).resolve();
    var system = ActorSystem.create(guardian, NAME, settings);
    membership
        .discovery()
        .ifPresent(
            discovery ->
                system.systemActorOf(
                    SeedDiscoveryActor.create(
                        discovery, membership.address(), SeedDiscoveryActor.Timing.DEFAULT),
                    "seed-discovery",
                    Props.empty()));
    return system;
  }

  /** What every node has; the one whose turn it is to form a cluster waits longer. */
  static Config of(Membership node) {
    List<String> seeds = node.seeds().stream().map(seed -> "pekko://" + NAME + "@" + seed).toList();
    var membership =
        Map.of(
            "sampo.cluster.host", node.address().host(),
            "sampo.cluster.port", node.address().port(),
            "sampo.cluster.data-centre", node.dataCentre(),
            "sampo.cluster.seed-nodes", seeds,
            "pekko.cluster.seed-node-timeout", mayForm(node) ? FORM_AFTER : ASK_AGAIN_AFTER,
            "pekko.cluster.roles", node.roles());
    var discovery = node.discovery().map(DiscoverySettings::settings).orElse(Map.of());
    // The process is ended by who started it, as the store must be closed after the actors.
    var process =
        Map.of(
            "pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
            "pekko.logging-filter", "org.apache.pekko.event.slf4j.Slf4jLoggingFilter",
            "pekko.cluster.jmx.enabled", "off",
            "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
            "pekko.persistence.journal.plugin", "sampo.persistence.journal",
            "pekko.persistence.snapshot-store.plugin", "sampo.persistence.snapshot-store");
    // A stopped validator is expected back at its address; leaving would wait for all others.
    var stay =
        Map.of(
            "pekko.coordinated-shutdown.phases.cluster-leave.enabled", "off",
            "pekko.coordinated-shutdown.phases.cluster-exiting.enabled", "off",
            "pekko.coordinated-shutdown.phases.cluster-exiting-done.enabled", "off",
            "pekko.coordinated-shutdown.phases.cluster-shutdown.enabled", "off");
    return keptFromJoiners(
        ConfigFactory.parseMap(membership)
            .withFallback(ConfigFactory.parseMap(discovery))
            .withFallback(ConfigFactory.parseMap(node.keys().settings()))
            .withFallback(ConfigFactory.parseMap(process))
            .withFallback(ConfigFactory.parseMap(stay))
            .withFallback(threads(Runtime.getRuntime().availableProcessors()))
            .withFallback(ConfigFactory.parseResources("cluster.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved()));
  }

  /**
   * Whoever asks to join is told the cluster's settings and nothing else: neither a password, nor
   * thousands of lines that each answer would have to sift.
   */
  private static Config keptFromJoiners(Config settings) {
    var kept = new ArrayList<String>(settings.root().keySet());
    kept.remove("pekko");
    settings.getObject("pekko").keySet().forEach(section -> kept.add("pekko." + section));
    kept.remove("pekko.cluster");
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.cluster.configuration-compatibility-check.sensitive-config-paths.sampo",
                kept))
        .withFallback(settings);
  }

  /** Only the first of the seeds forms a cluster, if none of the others is in one. */
  private static boolean mayForm(Membership node) {
    return node.discovery()
        .map(DiscoverySettings::mayForm)
        .orElseGet(
            () -> node.seeds().stream().findFirst().equals(Optional.of(node.address().toString())));
  }

  static Config threads(int cores) {
    return cores <= FEW_CORES
        ? ConfigFactory.parseResources("few-cores.conf")
        : ConfigFactory.empty();
  }
}
