package dev.sampo.cluster.config;

import com.typesafe.config.Config;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration file of a gateway, as written: {@code role = gateway}.
 *
 * @param name by which its answers are signed
 * @param dataCentre whose replicas it prefers
 */
public record GatewayConfig(String name, String dataCentre, Address api, ClusterSection cluster) {

  private static final List<String> OF_VALIDATORS =
      List.of("data-directory", "key-file", "genesis-file", "ledger-id", "validators", "relay");

  /** Reads {@code file}; throws {@link FaultyConfig} with all faults. */
  public static GatewayConfig read(Path file) {
    return NodeConfig.read(file, GatewayConfig::read);
  }

  private static GatewayConfig read(Config config, Path folder) {
    var faults = new ArrayList<String>();
    GatewayConfig gateway;
    try (var root = new Section("", config.root(), faults);
        var sampo = root.section("sampo")) {
      sampo.text("role");
      OF_VALIDATORS.forEach(
          key -> sampo.refuse(key, "belongs to a validator, and a gateway has none"));
      gateway =
          new GatewayConfig(
              sampo.text("name"),
              sampo.text("data-centre"),
              NodeConfig.address(sampo, "api"),
              NodeConfig.cluster(sampo, folder));
    }
    if (faults.isEmpty()) {
      gateway.contradictions(faults);
    }
    if (!faults.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    return gateway;
  }

  private void contradictions(List<String> faults) {
    if (api.equals(cluster.address())) {
      faults.add("sampo: api and cluster each need an address of their own");
    }
    cluster.contradictions(Optional.of("gateway"), faults);
    if (cluster.requests().isPresent()) {
      faults.add("sampo.cluster.requests: a gateway has no replica to take requests for");
    }
  }
}
