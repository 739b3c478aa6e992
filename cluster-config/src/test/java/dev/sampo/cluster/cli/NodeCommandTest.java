package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.cluster.config.NodeConfigText;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.system.FreePorts;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.StoreMemory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sampo node init} and {@code sampo node recover}, and what they refuse (7.19 W1, W5). */
@Timeout(120)
final class NodeCommandTest extends RunsCommands {

  private static final String SECRET = "never-to-be-shown";

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
    configure(new StorageSection.Embedded());
  }

  private void configure(StorageSection storage) throws IOException {
    var ports = FreePorts.any(3).stream().map(port -> new Address("127.0.0.1", port)).toList();
    var config =
        new NodeConfig(
            "v1",
            folder.resolve("data"),
            folder.resolve("validator.key"),
            folder.resolve("genesis"),
            Optional.of(genesis.ledgerId()),
            ports.get(0),
            List.of(new ValidatorEntry("v1", "a", key.publicKey(), ports.get(1))),
            new ClusterSection(
                ports.get(2), List.of(ports.get(2)), folder.resolve("tls"), Optional.empty()),
            storage,
            Optional.empty());
    Files.writeString(folder.resolve("node.conf"), NodeConfigText.of(config, folder));
  }

  private Path passwordFile(String permissions) throws IOException {
    var file = folder.resolve("password");
    Files.writeString(file, SECRET + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private int node(String command, String... more) {
    return run(
        Stream.concat(
                Stream.of("node", command, "--config", folder.resolve("node.conf").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int recover(String... more) {
    return node(
        "recover",
        Stream.concat(Stream.of("--confirm-dead"), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  @Tag("fault-47")
  void recoverPutsAsideWhatIsThereAndRecordsWhy() throws IOException {
    var data = folder.resolve("data");
    assertThat(node("init", "-o", "json")).as(talk).isZero();
    assertThat(json().get("replica").asText()).isEqualTo(data.toString());

    assertThat(recover("--reason", "disk of rack 7", "-o", "json")).as(talk).isZero();

    assertThat(json().get("data_directory").asText()).isEqualTo(data.toString());
    assertThat(Files.readString(data.resolve("RECOVERY"))).contains("disk of rack 7");
    try (var entries = Files.list(data)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .anyMatch(name -> name.startsWith("lost-"));
    }
  }

  @Test
  @Tag("fault-47")
  void recoverMakesADirectoryThatIsGone() throws IOException {
    assertThat(recover()).as(talk).isZero();
    assertThat(Files.readString(folder.resolve("data").resolve("RECOVERY"))).contains("not stated");
    assertThat(out).contains("the next start asks the other validators");
  }

  @Test
  @Tag("fault-34")
  void recoverHasToBeMeantAndNeverTakesADirectoryInUse() throws Exception {
    assertThat(node("recover")).isEqualTo(2);
    assertThat(folder.resolve("data")).doesNotExist();

    assertThat(node("init")).as(talk).isZero();
    try (var memory = new StoreMemory();
        var open =
            NodeDirectory.open(
                folder.resolve("data"),
                genesis.ledgerId(),
                key.publicKey(),
                memory,
                NodeCommandTest::never)) {
      assertThat(open.identity().ledger()).isEqualTo(genesis.ledgerId());
      assertThat(recover()).isEqualTo(1);
      assertThat(talk).contains("is in use by process");
    }
    assertThat(folder.resolve("data").resolve("RECOVERY")).doesNotExist();
  }

  private static void never(Throwable failure) {
    throw new AssertionError("the disk failed", failure);
  }

  @Test
  @Tag("fault-100")
  void bothListEveryFaultOfTheConfiguration() throws IOException {
    Files.delete(folder.resolve("genesis"));
    Files.delete(folder.resolve("validator.key"));

    assertThat(node("init")).isEqualTo(1);
    assertThat(talk).contains("validator.key", "genesis file", "cannot be read");
    assertThat(recover()).isEqualTo(1);
    assertThat(talk).contains("validator.key", "genesis file", "cannot be read");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void initIsDoneOnce() {
    assertThat(node("init")).as(talk).isZero();
    assertThat(node("init")).isEqualTo(1);
    assertThat(talk).contains("refuses to start", "data");
  }

  @Test
  @Tag("fault-56")
  void inPostgresqlInitMakesTheReplicaOnceAndNothingIsRecovered() throws IOException {
    try (var server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      configure(
          new StorageSection.Postgresql(
              "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
              "postgres",
              passwordFile("rw-------")));

      assertThat(node("init", "-o", "json")).as(talk).isZero();
      assertThat(json().get("replica").asText())
          .contains("jdbc:postgresql:")
          .doesNotContain(SECRET);
      assertThat(node("init")).isEqualTo(1);
      assertThat(talk).contains("refuses to start").doesNotContain(SECRET);
      assertThat(recover()).isEqualTo(1);
      assertThat(talk).contains("only a directory can be lost");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  @Tag("fault-87")
  void aDatabaseThatIsAwayOrAPasswordThatOthersReadIsRefused() throws IOException {
    var url = "jdbc:postgresql://127.0.0.1:" + FreePorts.any(1).getFirst() + "/postgres";
    configure(new StorageSection.Postgresql(url, "sampo", passwordFile("rw-------")));
    assertThat(node("init")).isEqualTo(1);
    assertThat(talk).contains("refuses to start").doesNotContain(SECRET);

    configure(new StorageSection.Postgresql(url, "sampo", passwordFile("rw-r--r--")));
    assertThat(node("init")).isEqualTo(1);
    assertThat(talk).contains("chmod 600").doesNotContain(SECRET);
  }
}
