package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.GatewayConfig;
import dev.sampo.node.GatewayNode;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway as this process: started from its configuration, stopped on SIGTERM. */
public final class GatewayProcess {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

  private GatewayProcess() {}

  /** The keys of the cluster, and what TLS makes of them. */
  private record Keys(ClusterKeys files, SSLContext tls) {}

  /** Throws {@link FaultyConfig} with everything that speaks against the start. */
  public static RunningSystem start(Path configFile) {
    var config = GatewayConfig.read(configFile);
    var faults = new ArrayList<String>();
    var keys = keys(config, faults);
    NodeInputs.requireFree("api", config.api(), faults);
    NodeInputs.requireFree("cluster.address", config.cluster().address(), faults);
    if (!faults.isEmpty() || keys.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    FailStop failStop = NodeProcess::halt;
    var parts =
        new GatewayNode.Parts(
            config.name(),
            config.dataCentre(),
            new GatewaySettings(
                config.api().host(), config.api().port(), GatewaySettings.Limits.DEFAULT),
            keys.get().tls(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var guardian =
        GatewayNode.create(
            parts, address -> LOG.info("{} serves at {}", config.name(), address), failStop);
    var system = NodeSystem.start(guardian, membership(config, keys.get().files()), Map.of());
    return new RunningSystem(system, () -> {});
  }

  private static Optional<Keys> keys(GatewayConfig config, List<String> faults) {
    try {
      var files = ClusterKeys.open(config.cluster().keyDirectory());
      return Optional.of(new Keys(files, files.tls()));
    } catch (IOException refused) {
      faults.add("keys of the cluster refused: " + refused.getMessage());
      return Optional.empty();
    }
  }

  private static Membership membership(GatewayConfig config, ClusterKeys keys) {
    return ClusterJoining.of(config.cluster(), Membership.gateway(), config.dataCentre(), keys);
  }
}
