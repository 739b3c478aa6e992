package dev.sampo.cluster.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a {@link NodeConfig} as the file that it can be read from. */
public final class NodeConfigText {

  private static final ConfigRenderOptions READABLE =
      ConfigRenderOptions.defaults().setOriginComments(false).setJson(false);

  private NodeConfigText() {}

  /** With paths relative to {@code folder}, where the file is to stand. */
  public static String of(NodeConfig config, Path folder) {
    var sampo = new LinkedHashMap<String, Object>();
    sampo.put("name", config.name());
    sampo.put("data-directory", relative(folder, config.dataDirectory()));
    sampo.put("key-file", relative(folder, config.keyFile()));
    sampo.put("genesis-file", relative(folder, config.genesisFile()));
    config.ledgerId().ifPresent(ledger -> sampo.put("ledger-id", ledger.hex()));
    sampo.put("api", address(config.api()));
    sampo.put("validators", config.validators().stream().map(NodeConfigText::validator).toList());
    sampo.put("cluster", cluster(config.cluster(), folder));
    switch (config.storage()) {
      case StorageSection.Embedded(var mark) ->
          mark.ifPresent(
              file ->
                  sampo.put(
                      "storage",
                      Map.of("kind", NodeConfig.EMBEDDED, "mark", relative(folder, file))));
      case StorageSection.Postgresql database -> sampo.put("storage", storage(database, folder));
    }
    config.relay().ifPresent(relay -> sampo.put("relay", relay(relay, folder)));
    return ConfigValueFactory.fromMap(Map.of("sampo", sampo)).render(READABLE);
  }

  /** As above, of a gateway. */
  public static String of(GatewayConfig config, Path folder) {
    var sampo = new LinkedHashMap<String, Object>();
    sampo.put("role", "gateway");
    sampo.put("name", config.name());
    sampo.put("data-centre", config.dataCentre());
    sampo.put("api", address(config.api()));
    sampo.put("cluster", cluster(config.cluster(), folder));
    return ConfigValueFactory.fromMap(Map.of("sampo", sampo)).render(READABLE);
  }

  /** As above, of a reader. */
  public static String of(ReaderConfig config, Path folder) {
    var sampo = new LinkedHashMap<String, Object>();
    sampo.put("role", "reader");
    sampo.put("name", config.name());
    sampo.put("data-centre", config.dataCentre());
    sampo.put("data-directory", relative(folder, config.dataDirectory()));
    sampo.put("genesis-file", relative(folder, config.genesisFile()));
    config.ledgerId().ifPresent(ledger -> sampo.put("ledger-id", ledger.hex()));
    sampo.put("api", address(config.api()));
    sampo.put("cluster", cluster(config.cluster(), folder));
    return ConfigValueFactory.fromMap(Map.of("sampo", sampo)).render(READABLE);
  }

  private static Map<String, Object> validator(ValidatorEntry validator) {
    var text = new LinkedHashMap<String, Object>();
    text.put("name", validator.name());
    text.put("data-centre", validator.dataCentre());
    text.put("public-key", validator.publicKey().hex());
    var nodes = validator.nodes();
    if (nodes.size() == 1 && nodes.getFirst().name().equals(validator.name())) {
      text.put("peer", address(nodes.getFirst().peer()));
    } else {
      text.put("nodes", nodes.stream().map(NodeConfigText::node).toList());
    }
    return text;
  }

  private static Map<String, Object> node(NodeConfig.NodeEntry node) {
    return Map.of("name", node.name(), "peer", address(node.peer()));
  }

  private static Map<String, Object> cluster(NodeConfig.ClusterSection cluster, Path folder) {
    var section = new LinkedHashMap<String, Object>();
    section.put("address", address(cluster.address()));
    if (cluster.discovery().isEmpty()) {
      section.put("seeds", cluster.seeds().stream().map(NodeConfigText::address).toList());
    }
    cluster.discovery().ifPresent(found -> section.put("discovery", discovery(found)));
    section.put("key-directory", relative(folder, cluster.keyDirectory()));
    cluster.requests().ifPresent(requests -> section.put("requests", address(requests)));
    return section;
  }

  private static Map<String, Object> discovery(DiscoverySection discovery) {
    var section = new LinkedHashMap<String, Object>();
    section.put("kind", discovery.kind().label());
    section.put("service", discovery.service());
    discovery
        .pods()
        .ifPresent(
            pods -> {
              pods.namespace().ifPresent(name -> section.put("namespace", name));
              section.put("label", pods.label());
            });
    discovery.portName().ifPresent(name -> section.put("port-name", name));
    section.put("may-form", Boolean.toString(discovery.mayForm()));
    section.put("required-contact-points", discovery.requiredContactPoints());
    return section;
  }

  private static Map<String, Object> storage(StorageSection.Postgresql database, Path folder) {
    return Map.of(
        "kind", NodeConfig.POSTGRESQL,
        "url", database.url(),
        "user", database.user(),
        "password-file", relative(folder, database.passwordFile()));
  }

  private static Map<String, Object> relay(NodeConfig.RelaySection relay, Path folder) {
    return Map.of("account", relay.account().name(), "key-file", relative(folder, relay.keyFile()));
  }

  private static Map<String, Object> address(Address address) {
    return Map.of("host", address.host(), "port", address.port());
  }

  private static String relative(Path folder, Path path) {
    return folder.relativize(path).toString();
  }
}
