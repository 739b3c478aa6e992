package dev.sampo.cluster.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.StoreMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration points to is checked as a whole before anything starts (fault 100). */
@Tag("fault-100")
final class NodeInputsTest {

  private final KeyFile key = KeyFile.generate("validator", new SecureRandom());
  private final Genesis genesis =
      new Genesis(
          Bytes.owning(new byte[32]),
          "simplex",
          LedgerTime.ofMillis(1),
          new ValidatorSet(List.of(key.publicKey())),
          LedgerParameters.DEFAULT,
          Assets.NAME,
          new AssetsGenesis(List.of(), List.of()).encoded());

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    key.write(folder.resolve("validator.key"));
    Files.write(folder.resolve("genesis"), genesis.encoded().toByteArray());
    ClusterKeys.create(folder.resolve("tls"));
  }

  @Test
  void readsWhatFitsTogether() {
    var inputs = NodeInputs.read(config(0, Optional.of(genesis.ledgerId())));

    assertThat(inputs.genesis()).isEqualTo(genesis);
    assertThat(inputs.key().publicKey()).isEqualTo(key.publicKey());
  }

  @Test
  void listsEveryFaultAtOnce() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("validator.key"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        folder.resolve("tls").resolve("cluster-key.p12"),
        PosixFilePermissions.fromString("rw-r--r--"));
    var other = LedgerId.fromHex("ab".repeat(32));

    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(faults(config(taken.getLocalPort(), Optional.of(other))))
          .satisfiesExactlyInAnyOrder(
              fault -> assertThat(fault).contains("validator.key refused").contains("chmod 600"),
              fault -> assertThat(fault).contains("keys of the cluster refused"),
              fault -> assertThat(fault).contains("is that of ledger").contains(other.hex()),
              fault -> assertThat(fault).contains("for api: port in use"));
    }
  }

  @Test
  @Tag("fault-87")
  void neverShowsTheSecretOfARefusedKey() throws IOException {
    var file = folder.resolve("validator.key");
    Files.writeString(file, Files.readString(file) + "rest");

    assertThat(String.join("\n", faults(config(0, Optional.empty()))))
        .contains("validator.key refused")
        .doesNotContain(key.secretSeed().hex());
  }

  @Test
  void refusesADamagedGenesis() throws IOException {
    Files.write(folder.resolve("genesis"), new byte[] {1, 2, 3});

    assertThat(faults(config(0, Optional.empty())))
        .singleElement()
        .asString()
        .contains("is damaged");
  }

  @Test
  void refusesAKeyThatIsNotTheConfiguredOne() throws IOException {
    Files.delete(folder.resolve("validator.key"));
    KeyFile.generate("validator", new SecureRandom()).write(folder.resolve("validator.key"));

    assertThat(faults(config(0, Optional.empty())))
        .singleElement()
        .asString()
        .contains("is configured with " + key.publicKey().hex());
  }

  @Test
  @Tag("fault-34")
  void refusesADataDirectoryThatIsInUse() throws Exception {
    var data = folder.resolve("data");
    NodeDirectory.init(data, genesis.ledgerId(), key.publicKey());
    var inputs = NodeInputs.read(config(0, Optional.empty()));

    try (var memory = new StoreMemory();
        var first =
            NodeDirectory.open(
                data, genesis.ledgerId(), key.publicKey(), memory, NodeInputsTest::never)) {
      assertThat(first.identity().ledger()).isEqualTo(genesis.ledgerId());
      assertThat(openFaults(inputs)).singleElement().asString().contains("is in use by process");
    }
  }

  private static void never(Throwable failure) {
    throw new AssertionError("the disk failed", failure);
  }

  private static List<String> openFaults(NodeInputs inputs) {
    try (var ledgers =
        NodeProcess.open(
            inputs,
            NodeProcess.firstLedger(inputs),
            (reason, cause) -> never(new Error(reason, cause)))) {
      throw new AssertionError("opened " + ledgers.stores());
    } catch (FaultyConfig refused) {
      return refused.faults();
    }
  }

  private static List<String> faults(NodeConfig config) {
    try {
      throw new AssertionError("accepted " + NodeInputs.read(config));
    } catch (FaultyConfig refused) {
      return refused.faults();
    }
  }

  private NodeConfig config(int apiPort, Optional<LedgerId> ledger) {
    return new NodeConfig(
        "v1",
        folder.resolve("data"),
        folder.resolve("validator.key"),
        folder.resolve("genesis"),
        ledger,
        new Address("127.0.0.1", apiPort),
        List.of(new ValidatorEntry("v1", "a", key.publicKey(), new Address("127.0.0.1", 0))),
        new ClusterSection(
            new Address("127.0.0.1", 0),
            List.of(new Address("127.0.0.1", 0)),
            folder.resolve("tls"),
            Optional.empty()),
        new NodeConfig.StorageSection.Embedded(),
        Optional.empty());
  }
}
