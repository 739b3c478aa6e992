package dev.sampo.cluster.startup;

import dev.sampo.client.KeyFile;
import dev.sampo.client.KeyFileRefused;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.PostgresAccess;
import dev.sampo.persistence.store.PostgresReplicas;
import dev.sampo.persistence.store.ReplicaStores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the configuration of a node points to, read and found to fit together (fault 100).
 *
 * @param validators in the order of their indices
 * @param database of the replicas, if they are not in the data directory
 * @param relayKey of the account that it relays as, if it does
 */
record NodeInputs(
    NodeConfig config,
    KeyFile key,
    Genesis genesis,
    ClusterKeys clusterKeys,
    ValidatorIndex self,
    List<ValidatorEntry> validators,
    Optional<PostgresAccess> database,
    Optional<KeyFile> relayKey) {

  NodeInputs {
    validators = List.copyOf(validators);
  }

  /** Throws {@link FaultyConfig} with everything that is wrong. */
  static NodeInputs read(NodeConfig config) {
    var faults = new ArrayList<String>();
    var key = key(config.keyFile(), faults);
    var relayKey = config.relay().flatMap(relay -> key(relay.keyFile(), faults));
    var database = database(config.storage(), faults);
    var genesis = genesis(config.genesisFile(), config.ledgerId(), faults);
    genesis.ifPresent(document -> requireFit(config, document, faults));
    var clusterKeys = clusterKeys(config.cluster(), faults);
    key.ifPresent(own -> requireOwn(config, own, faults));
    requireFree("api", config.api(), faults);
    requireFree("cluster.address", config.cluster().address(), faults);
    requireFree("peer links", config.selfNode().peer(), faults);
    config.cluster().requests().ifPresent(at -> requireFree("cluster.requests", at, faults));
    if (!faults.isEmpty() || key.isEmpty() || genesis.isEmpty() || clusterKeys.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    var order = genesis.get().validators();
    var sorted =
        config.validators().stream()
            .sorted(Comparator.comparingInt(entry -> order.keys().indexOf(entry.publicKey())))
            .toList();
    var self = order.indexOf(config.self().publicKey()).orElseThrow();
    return new NodeInputs(
        config, key.get(), genesis.get(), clusterKeys.get(), self, sorted, database, relayKey);
  }

  private static Optional<KeyFile> key(Path file, List<String> faults) {
    try {
      return Optional.of(KeyFile.read(file));
    } catch (KeyFileRefused refused) {
      faults.add(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<PostgresAccess> database(StorageSection storage, List<String> faults) {
    return switch (storage) {
      case StorageSection.Embedded _ -> Optional.empty();
      case StorageSection.Postgresql(var url, var user, var passwordFile) ->
          PasswordFile.read(passwordFile, faults)
              .map(password -> new PostgresAccess(url, user, password));
    };
  }

  /** Where the replicas are; nothing is opened. */
  ReplicaStores stores() {
    var validator = key.publicKey();
    return database
        .<ReplicaStores>map(access -> new PostgresReplicas(access, validator))
        .orElseGet(this::directories);
  }

  /** The replicas in the data directory, of a node that has no database. */
  LedgerDirectories directories() {
    return new LedgerDirectories(
        config.dataDirectory(), genesis.ledgerId(), key.publicKey(), config.mark());
  }

  /** What the faults of {@link #stores} are about. */
  String place() {
    return database
        .map(access -> "storage")
        .orElseGet(() -> "data directory " + config.dataDirectory());
  }

  static Optional<ClusterKeys> clusterKeys(ClusterSection cluster, List<String> faults) {
    try {
      return Optional.of(ClusterKeys.open(cluster.keyDirectory()));
    } catch (IOException refused) {
      faults.add("keys of the cluster refused: " + refused.getMessage());
      return Optional.empty();
    }
  }

  /** That of the file, even if it is not the one that is expected or cannot be run. */
  static Optional<Genesis> genesis(Path file, Optional<LedgerId> expected, List<String> faults) {
    try {
      var genesis = Genesis.decode(Bytes.owning(Files.readAllBytes(file)));
      expected
          .filter(id -> !id.equals(genesis.ledgerId()))
          .ifPresent(
              id ->
                  faults.add(
                      "genesis file %s is that of ledger %s, not of %s"
                          .formatted(file, genesis.ledgerId().hex(), id.hex())));
      if (!genesis.application().equals(Assets.NAME)) {
        faults.add(
            "the genesis names the application " + genesis.application() + ", which is unknown");
      }
      return Optional.of(genesis);
    } catch (IOException unreadable) {
      faults.add("genesis file " + file + " cannot be read: " + unreadable);
    } catch (Malformed | IllegalArgumentException damaged) {
      faults.add("genesis file " + file + " is damaged: " + damaged.getMessage());
    }
    return Optional.empty();
  }

  private static void requireFit(NodeConfig config, Genesis genesis, List<String> faults) {
    var configured = new TreeSet<PublicKey>();
    for (var entry : config.validators()) {
      configured.add(entry.publicKey());
      if (genesis.validators().indexOf(entry.publicKey()).isEmpty()) {
        faults.add("validator " + entry.name() + " is not in the genesis");
      }
    }
    for (var key : genesis.validators().keys()) {
      if (!configured.contains(key)) {
        faults.add("the validator with key " + key.hex() + " of the genesis is not configured");
      }
    }
  }

  private static void requireOwn(NodeConfig config, KeyFile key, List<String> faults) {
    var configured = config.self().publicKey();
    if (!configured.equals(key.publicKey())) {
      faults.add(
          "key file %s holds the key %s, but %s is configured with %s"
              .formatted(config.keyFile(), key.publicKey().hex(), config.name(), configured.hex()));
    }
  }

  static void requireFree(String purpose, NodeConfig.Address address, List<String> faults) {
    if (address.port() == 0) {
      return;
    }
    var wanted = new InetSocketAddress(address.host(), address.port());
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(wanted);
    } catch (IOException taken) {
      faults.add(
          "cannot listen on %s for %s: port in use, or not an address of this machine (%s)"
              .formatted(address, purpose, taken.getMessage()));
    }
  }
}
