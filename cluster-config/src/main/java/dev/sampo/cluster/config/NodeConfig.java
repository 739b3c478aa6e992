package dev.sampo.cluster.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.persistence.store.PostgresAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The configuration file of a validator, as written; what it points to is not opened here.
 *
 * @param name of this node, one of those of {@code validators}
 * @param dataDirectory of embedded storage; relative paths count from the folder of the file
 * @param ledgerId what the genesis file must hash to; optional
 * @param storage where the replicas are; embedded unless it says otherwise
 * @param relay as whom this node carries packets between its ledgers; optional
 */
public record NodeConfig(
    String name,
    Path dataDirectory,
    Path keyFile,
    Path genesisFile,
    Optional<LedgerId> ledgerId,
    Address api,
    List<ValidatorEntry> validators,
    ClusterSection cluster,
    StorageSection storage,
    Optional<RelaySection> relay) {

  /** Where a server listens, or is reached. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * A validator.
   *
   * @param nodes at least one; the only one of a validator has its name
   */
  public record ValidatorEntry(
      String name, String dataCentre, PublicKey publicKey, List<NodeEntry> nodes) {

    public ValidatorEntry {
      nodes = List.copyOf(nodes);
    }

    /** Of one node. */
    public ValidatorEntry(String name, String dataCentre, PublicKey publicKey, Address peer) {
      this(name, dataCentre, publicKey, List.of(new NodeEntry(name, peer)));
    }

    private boolean hasNode(String node) {
      return nodes.stream().anyMatch(each -> each.name().equals(node));
    }
  }

  /** A node of a validator, and where it accepts peer links. */
  public record NodeEntry(String name, Address peer) {}

  /**
   * The Pekko Cluster that this node joins.
   *
   * @param seeds addresses of nodes to join by
   * @param keyDirectory holds the key store, trust store and password of the cluster's TLS
   * @param requests where this node takes requests that others of the cluster forward to it, by the
   *     same TLS; nothing if it takes none
   * @param discovery how members are found, in place of seeds
   */
  public record ClusterSection(
      Address address,
      List<Address> seeds,
      Path keyDirectory,
      Optional<Address> requests,
      Optional<DiscoverySection> discovery) {

    /** By seeds. */
    public ClusterSection(
        Address address, List<Address> seeds, Path keyDirectory, Optional<Address> requests) {
      this(address, seeds, keyDirectory, requests, Optional.empty());
    }

    /** Of a node that has to join; who only joins others neither is a seed nor forms a cluster. */
    void contradictions(Optional<String> joining, List<String> faults) {
      if (seeds.isEmpty() && discovery.isEmpty()) {
        faults.add("sampo.cluster.seeds: needs at least one address to join by, or discovery");
      }
      if (!seeds.isEmpty() && discovery.isPresent()) {
        faults.add("sampo.cluster: seeds or discovery, not both");
      }
      joining.ifPresent(
          role -> {
            if (seeds.contains(address)) {
              faults.add("sampo.cluster.seeds: a %s joins others and is no seed".formatted(role));
            }
            if (discovery.filter(DiscoverySection::mayForm).isPresent()) {
              faults.add(
                  "sampo.cluster.discovery.may-form: a %s joins others and forms no cluster"
                      .formatted(role));
            }
          });
    }
  }

  /** Where a node keeps its replicas. */
  public sealed interface StorageSection {

    /**
     * In the data directory.
     *
     * @param mark a file outside it, by which an older copy of it is told (protocol W6); optional
     */
    record Embedded(Optional<Path> mark) implements StorageSection {

      /** Without a mark. */
      public Embedded() {
        this(Optional.empty());
      }
    }

    /**
     * In a database that other processes of this validator reach as well.
     *
     * @param url of JDBC, without user and password
     * @param passwordFile holds the password of {@code user} in one line
     */
    record Postgresql(String url, String user, Path passwordFile) implements StorageSection {}
  }

  /**
   * The relay of this node.
   *
   * @param account whose key the file holds, on every ledger that it relays to
   */
  public record RelaySection(AccountId account, Path keyFile) {}

  /** The kinds of storage. */
  static final String EMBEDDED = "embedded";

  static final String POSTGRESQL = "postgresql";

  private static final PublicKey NO_KEY = new PublicKey(Hash.ZERO.value());
  private static final AccountId NO_ACCOUNT = new AccountId("none");

  /** Reads {@code file}; throws {@link FaultyConfig} with all faults. */
  public static NodeConfig read(Path file) {
    return read(file, NodeConfig::read);
  }

  /** What {@code reader} makes of the file, told the folder that it is in. */
  static <T> T read(Path file, BiFunction<Config, Path, T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new FaultyConfig(List.of("no such file"));
    }
    try {
      Config config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
      return reader.apply(config, file.toAbsolutePath().resolveSibling(""));
    } catch (ConfigException unreadable) {
      throw new FaultyConfig(List.of(String.valueOf(unreadable.getMessage())));
    }
  }

  private static NodeConfig read(Config config, Path folder) {
    var faults = new ArrayList<String>();
    NodeConfig node;
    try (var root = new Section("", config.root(), faults);
        var sampo = root.section("sampo")) {
      node =
          new NodeConfig(
              sampo.text("name"),
              path(sampo, "data-directory", folder),
              path(sampo, "key-file", folder),
              path(sampo, "genesis-file", folder),
              sampo.optional("ledger-id", LedgerId::fromHex),
              address(sampo, "api"),
              sampo.sections("validators").stream().map(NodeConfig::validator).toList(),
              cluster(sampo, folder),
              sampo
                  .optionalSection("storage")
                  .map(section -> storage(section, folder))
                  .orElseGet(StorageSection.Embedded::new),
              sampo.optionalSection("relay").map(section -> relay(section, folder)));
      sampo.optional("role", NodeRole::validator);
    }
    if (faults.isEmpty()) {
      node.contradictions(faults);
    }
    if (!faults.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    return node;
  }

  /** The entry of this node's validator. */
  public ValidatorEntry self() {
    return validators.stream()
        .filter(validator -> validator.hasNode(name))
        .findFirst()
        .orElseThrow();
  }

  /** The entry of this node itself. */
  public NodeEntry selfNode() {
    return self().nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What no two values may say together; only for a configuration whose values are fine. */
  private void contradictions(List<String> faults) {
    if (validators.isEmpty()) {
      faults.add("sampo.validators: none; a validator has peers, a node without one has a role");
    }
    var names = new TreeSet<String>();
    var nodes = new TreeSet<String>();
    var keys = new TreeSet<PublicKey>();
    var peers = new TreeSet<String>();
    for (var validator : validators) {
      String where = "sampo.validators: " + validator.name();
      boolean isNew = names.add(validator.name());
      if (!isNew) {
        faults.add(where + " stands there twice");
      }
      if (!keys.add(validator.publicKey())) {
        faults.add(where + " has the public key of another one");
      }
      if (validator.nodes().size() > PeerNetwork.NODES_MAX) {
        faults.add(where + " has more than " + PeerNetwork.NODES_MAX + " nodes");
      }
      for (var node : validator.nodes()) {
        if (!nodes.add(node.name()) && isNew) {
          faults.add(where + ": a node " + node.name() + " stands there twice");
        }
        if (!peers.add(node.peer().toString())) {
          faults.add(where + " has the peer address of another one, " + node.peer());
        }
      }
    }
    if (!nodes.contains(name)) {
      faults.add("sampo.name: " + name + " is none of the validators' nodes " + nodes);
    } else if (self().nodes().size() > 1 && storage instanceof StorageSection.Embedded) {
      faults.add(
          "sampo.validators: %s has %d nodes, which can only share storage of the kind %s"
              .formatted(self().name(), self().nodes().size(), POSTGRESQL));
    } else if (!ownAddressesDiffer()) {
      faults.add("sampo: api, cluster, requests and peer links each need an address of their own");
    }
    if (mark().filter(file -> file.startsWith(dataDirectory)).isPresent()) {
      faults.add(
          "sampo.storage.mark: in the data directory it would be copied and restored with it");
    }
    cluster.contradictions(Optional.empty(), faults);
  }

  /** The mark of its data directory, if it has one. */
  public Optional<Path> mark() {
    return switch (storage) {
      case StorageSection.Embedded(var mark) -> mark;
      case StorageSection.Postgresql _ -> Optional.empty();
    };
  }

  private boolean ownAddressesDiffer() {
    var own = new ArrayList<>(List.of(api, cluster.address(), selfNode().peer()));
    cluster.requests().ifPresent(own::add);
    return own.stream().distinct().count() == own.size();
  }

  private static ValidatorEntry validator(Section section) {
    try (section) {
      var name = section.text("name");
      return new ValidatorEntry(
          name,
          section.text("data-centre"),
          section.parsed("public-key", NO_KEY, PublicKey::fromHex),
          nodes(section, name));
    }
  }

  /** One has an address, several have names of their own. */
  private static List<NodeEntry> nodes(Section validator, String name) {
    var nodes = validator.optionalSections("nodes").stream().map(NodeConfig::node).toList();
    return nodes.isEmpty() ? List.of(new NodeEntry(name, address(validator, "peer"))) : nodes;
  }

  private static NodeEntry node(Section section) {
    try (section) {
      return new NodeEntry(section.text("name"), address(section, "peer"));
    }
  }

  static ClusterSection cluster(Section sampo, Path folder) {
    try (var section = sampo.section("cluster")) {
      var seeds = new ArrayList<Address>();
      for (var seed : section.optionalSections("seeds")) {
        seeds.add(hostAndPort(seed));
      }
      return new ClusterSection(
          address(section, "address"),
          seeds,
          path(section, "key-directory", folder),
          section.optionalSection("requests").map(NodeConfig::hostAndPort),
          section.optionalSection("discovery").map(DiscoverySection::read));
    }
  }

  private static StorageSection storage(Section section, Path folder) {
    try (section) {
      if (!section.parsed("kind", EMBEDDED, NodeConfig::kind).equals(POSTGRESQL)) {
        return new StorageSection.Embedded(
            section.optional("mark", text -> folder.resolve(text).normalize()));
      }
      section.refuse("mark", "a database has the fence of its writers in place of it");
      return new StorageSection.Postgresql(
          section.parsed("url", "", NodeConfig::url),
          section.text("user"),
          path(section, "password-file", folder));
    }
  }

  private static String kind(String text) {
    if (!text.equals(EMBEDDED) && !text.equals(POSTGRESQL)) {
      throw new IllegalArgumentException("%s or %s, not %s".formatted(EMBEDDED, POSTGRESQL, text));
    }
    return text;
  }

  /** The text is not repeated where it is wrong: there may be a password in it. */
  private static String url(String text) {
    PostgresAccess.refusalOf(text)
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal);
            });
    return text;
  }

  private static RelaySection relay(Section section, Path folder) {
    try (section) {
      return new RelaySection(
          section.parsed("account", NO_ACCOUNT, AccountId::new), path(section, "key-file", folder));
    }
  }

  static Address address(Section parent, String key) {
    return hostAndPort(parent.section(key));
  }

  private static Address hostAndPort(Section section) {
    try (section) {
      return new Address(section.text("host"), section.port("port"));
    }
  }

  static Path path(Section section, String key, Path folder) {
    return section.parsed(key, folder, text -> folder.resolve(text).normalize());
  }
}
