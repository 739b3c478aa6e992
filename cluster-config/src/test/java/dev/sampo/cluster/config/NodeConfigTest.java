package dev.sampo.cluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node does not start on a configuration that is wrong, and says all that is wrong with it. */
@Tag("fault-100")
final class NodeConfigTest {

  private static final PublicKey ONE = PublicKey.fromHex("11".repeat(32));
  private static final PublicKey TWO = PublicKey.fromHex("22".repeat(32));

  private static final String URL = "jdbc:postgresql://db.example/v1";

  @TempDir private Path folder;

  @Test
  void readsWhatItWrites() throws IOException {
    var written = config("v1", entry("v1", ONE, 1), entry("v2", TWO, 2));

    assertThat(NodeConfig.read(file(NodeConfigText.of(written, folder)))).isEqualTo(written);
  }

  @Test
  void readsWhereTheDatabaseIs() throws IOException {
    var embedded = config("v1", entry("v1", ONE, 1));
    var written = withStorage(embedded, "jdbc:postgresql://db.example/v1?sslmode=verify-full");

    assertThat(NodeConfig.read(file(NodeConfigText.of(written, folder)))).isEqualTo(written);
  }

  @Test
  @Tag("fault-87")
  void refusesADatabaseUrlThatNamesAPassword() throws IOException {
    var embedded = config("v1", entry("v1", ONE, 1));
    var open = withStorage(embedded, "jdbc:postgresql://db.example/v1?password=secret");

    assertThat(faults(NodeConfigText.of(open, folder)))
        .singleElement()
        .asString()
        .contains("sampo.storage.url", "must name neither user nor password")
        .doesNotContain("secret");
  }

  @Test
  void refusesStorageThatIsUnknownOrHasTooMuch() throws IOException {
    var text = NodeConfigText.of(config("v1", entry("v1", ONE, 1)), folder);

    assertThat(faults(text + "\nsampo.storage { kind = tape }"))
        .singleElement()
        .asString()
        .contains("sampo.storage.kind", "embedded or postgresql, not tape");
    assertThat(faults(text + "\nsampo.storage { kind = embedded, user = me }"))
        .singleElement()
        .asString()
        .contains("sampo.storage.user", "unknown key");
    assertThat(faults(text + "\nsampo.storage { kind = postgresql, url = \"mysql:x\" }"))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("sampo.storage.url", "not like jdbc:postgresql"),
            fault -> assertThat(fault).isEqualTo("sampo.storage.user: missing"),
            fault -> assertThat(fault).isEqualTo("sampo.storage.password-file: missing"));
  }

  @Test
  @Tag("rule-W6")
  void aMarkIsOutsideTheDataDirectoryOfEmbeddedStorage() throws IOException {
    var plain = config("v1", entry("v1", ONE, 1));
    var mark = Optional.of(folder.resolve("disk-2").resolve("v1.mark"));
    var marked = withStorage(plain, new NodeConfig.StorageSection.Embedded(mark));
    var text = NodeConfigText.of(marked, folder);

    assertThat(NodeConfig.read(file(text))).isEqualTo(marked);
    assertThat(marked.mark()).isEqualTo(mark);
    assertThat(plain.mark()).isEmpty();
    assertThat(faults(text.replace("disk-2/v1.mark", "data/v1.mark")))
        .containsExactly(
            "sampo.storage.mark: in the data directory it would be copied and restored with it");
    assertThat(
            faults(NodeConfigText.of(withStorage(plain, URL), folder) + "\nsampo.storage.mark=m"))
        .singleElement()
        .asString()
        .contains("sampo.storage.mark", "a database");
  }

  private NodeConfig withStorage(NodeConfig config, String url) {
    return withStorage(
        config,
        new NodeConfig.StorageSection.Postgresql(
            url, "sampo", folder.resolve("database.password")));
  }

  private static NodeConfig withStorage(NodeConfig config, NodeConfig.StorageSection storage) {
    return new NodeConfig(
        config.name(),
        config.dataDirectory(),
        config.keyFile(),
        config.genesisFile(),
        config.ledgerId(),
        config.api(),
        config.validators(),
        config.cluster(),
        storage,
        config.relay());
  }

  @Test
  void aRelayHasAnAccountAndItsKey() throws IOException {
    var plain = config("v1", entry("v1", ONE, 1));
    var text = NodeConfigText.of(plain, folder);
    var section =
        new NodeConfig.RelaySection(new AccountId("relay-1"), folder.resolve("relay.key"));

    assertThat(plain.relay()).isEmpty();
    var relaying = text + "\nsampo.relay { account = relay-1, key-file = relay.key }";
    assertThat(NodeConfig.read(file(relaying)).relay()).contains(section);
    assertThat(faults(text + "\nsampo.relay {}"))
        .containsExactlyInAnyOrder("sampo.relay.account: missing", "sampo.relay.key-file: missing");
    assertThat(faults(text + "\nsampo.relay { account = A B, key-file = k, step = 1s }"))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).startsWith("sampo.relay.account (line "),
            fault -> assertThat(fault).startsWith("sampo.relay.step (line ").contains("unknown"));
  }

  @Test
  void listsEveryFaultAtOnceWithItsLine() throws IOException {
    var text =
        """
        sampo {
          nmae = v1
          data-directory = data
          key-file = validator.key
          genesis-file = genesis
          api { host = 127.0.0.1, port = 70000 }
          validators = [
            { name = v1, data-centre = a, public-key = abc, peer { host = h, port = many } }
          ]
          cluster { address { host = h, port = 1 }, seeds = [ { host = h, port = 1 } ] }
        }
        """;

    assertThat(faults(text))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).isEqualTo("sampo.nmae (line 2): unknown key"),
            fault -> assertThat(fault).isEqualTo("sampo.name: missing"),
            fault -> assertThat(fault).startsWith("sampo.api.port (line 6): a port is 0 to 65535"),
            fault -> assertThat(fault).startsWith("sampo.validators[0].public-key (line 8): "),
            fault ->
                assertThat(fault).startsWith("sampo.validators[0].peer.port (line 8): wrong type"),
            fault -> assertThat(fault).isEqualTo("sampo.cluster.key-directory: missing"));
  }

  @Test
  void refusesValuesThatContradictEachOther() throws IOException {
    var twins = config("v9", entry("v1", ONE, 1), entry("v1", ONE, 1));

    assertThat(faults(NodeConfigText.of(twins, folder)))
        .containsExactly(
            "sampo.validators: v1 stands there twice",
            "sampo.validators: v1 has the public key of another one",
            "sampo.validators: v1 has the peer address of another one, 127.0.0.1:1",
            "sampo.name: v9 is none of the validators' nodes [v1]");
  }

  @Test
  void aValidatorMayHaveSeveralNodesThatShareADatabase() throws IOException {
    var shared = withStorage(config("v1b", pair("v1a", "v1b"), entry("v2", TWO, 3)), URL);

    assertThat(NodeConfig.read(file(NodeConfigText.of(shared, folder)))).isEqualTo(shared);
    assertThat(shared.self().name()).isEqualTo("v1");
    assertThat(shared.selfNode().peer()).isEqualTo(new Address("127.0.0.1", 2));
  }

  @Test
  void severalNodesCannotShareADiskOrAName() throws IOException {
    var embedded = config("v1a", pair("v1a", "v1b"), entry("v2", TWO, 3));
    assertThat(faults(NodeConfigText.of(embedded, folder)))
        .containsExactly(
            "sampo.validators: v1 has 2 nodes, which can only share storage of the kind"
                + " postgresql");

    var twins = withStorage(config("v1a", pair("v1a", "v1a"), entry("v2", TWO, 2)), URL);
    assertThat(faults(NodeConfigText.of(twins, folder)))
        .containsExactly(
            "sampo.validators: v1: a node v1a stands there twice",
            "sampo.validators: v2 has the peer address of another one, 127.0.0.1:2");
  }

  private static ValidatorEntry pair(String first, String second) {
    return new ValidatorEntry(
        "v1",
        "a",
        ONE,
        List.of(
            new NodeConfig.NodeEntry(first, new Address("127.0.0.1", 1)),
            new NodeConfig.NodeEntry(second, new Address("127.0.0.1", 2))));
  }

  @Test
  void refusesOneAddressForTwoPurposes() throws IOException {
    var config = config("v1", entry("v1", ONE, 8080), entry("v2", TWO, 2));

    assertThat(faults(NodeConfigText.of(config, folder)))
        .containsExactly(
            "sampo: api, cluster, requests and peer links each need an address of their own");
  }

  @Test
  void refusesAFileThatIsNoHocon() throws IOException {
    assertThat(faults("sampo {")).hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> NodeConfig.read(folder.resolve("nothing.conf")))
        .isInstanceOf(FaultyConfig.class)
        .hasMessageContaining("no such file");
  }

  private List<String> faults(String text) throws IOException {
    var file = file(text);
    try {
      throw new AssertionError("accepted: " + NodeConfig.read(file));
    } catch (FaultyConfig refused) {
      return refused.faults();
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("node.conf"), text);
  }

  private NodeConfig config(String name, ValidatorEntry... validators) {
    return new NodeConfig(
        name,
        folder.resolve("data"),
        folder.resolve("validator.key"),
        folder.resolve("genesis"),
        Optional.empty(),
        new Address("127.0.0.1", 8080),
        List.of(validators),
        new ClusterSection(
            new Address("127.0.0.1", 7001),
            List.of(new Address("127.0.0.1", 7001)),
            folder.resolve("tls"),
            Optional.empty()),
        new NodeConfig.StorageSection.Embedded(),
        Optional.empty());
  }

  private static ValidatorEntry entry(String name, PublicKey key, int port) {
    return new ValidatorEntry(name, "a", key, new Address("127.0.0.1", port));
  }
}
