package dev.sampo.cluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader's file names what it follows, and nothing that could vote. */
@Tag("fault-100")
final class ReaderConfigTest {

  private static final String READER =
      """
      sampo {
        role = reader
        name = r1
        data-centre = a
        data-directory = data
        genesis-file = genesis
        ledger-id = "%s"
        api { host = h, port = 8080 }
        cluster {
          address { host = h, port = 7000 }, seeds = [ { host = h, port = 7001 } ]
          key-directory = tls
          requests { host = h, port = 6000 }
        }
      }
      """
          .formatted("5a".repeat(32));

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("node.conf"), text);
  }

  private List<String> faults(String text) throws IOException {
    var file = file(text);
    try {
      throw new AssertionError("accepted " + ReaderConfig.read(file));
    } catch (FaultyConfig refused) {
      return refused.faults();
    }
  }

  @Test
  void readsWhatItWrites() throws IOException {
    var written =
        new ReaderConfig(
            "r1",
            "a",
            folder.resolve("data"),
            folder.resolve("genesis"),
            Optional.of(LedgerId.fromHex("5a".repeat(32))),
            new Address("h", 8080),
            new ClusterSection(
                new Address("h", 7000),
                List.of(new Address("h", 7001)),
                folder.resolve("tls"),
                Optional.of(new Address("h", 6000))));

    assertThat(ReaderConfig.read(file(NodeConfigText.of(written, folder)))).isEqualTo(written);
    assertThat(ReaderConfig.read(file(READER))).isEqualTo(written);
  }

  @Test
  void findsItsClusterByDiscoveryInPlaceOfSeeds() throws IOException {
    var text =
        READER.replace(
            "seeds = [ { host = h, port = 7001 } ]",
            "discovery { kind = dns, service = sampo, port-name = cluster }");

    var read = ReaderConfig.read(file(text));

    assertThat(read.cluster().seeds()).isEmpty();
    assertThat(read.cluster().discovery())
        .contains(
            new DiscoverySection(
                DiscoverySection.Kind.DNS,
                "sampo",
                Optional.empty(),
                Optional.of("cluster"),
                false,
                2));
    assertThat(ReaderConfig.read(file(NodeConfigText.of(read, folder)))).isEqualTo(read);
  }

  @Test
  void findsItsClusterAmongPods() throws IOException {
    var text =
        READER.replace(
            "seeds = [ { host = h, port = 7001 } ]",
            "discovery { kind = kubernetes, service = sampo, namespace = ledgers,"
                + " label = app.kubernetes.io/name, port-name = cluster }");

    var read = ReaderConfig.read(file(text));

    assertThat(read.cluster().discovery().flatMap(DiscoverySection::pods))
        .contains(new DiscoverySection.Pods(Optional.of("ledgers"), "app.kubernetes.io/name"));
    assertThat(ReaderConfig.read(file(NodeConfigText.of(read, folder)))).isEqualTo(read);
  }

  @Test
  void everyFaultOfADiscoveryIsTold() throws IOException {
    var faulty =
        READER.replace(
            "seeds = [ { host = h, port = 7001 } ]",
            "discovery { kind = consul, service = \"a b\", may-form = maybe,"
                + " required-contact-points = 65, ttl = 1 }");
    var contradicting =
        READER.replace(
            "seeds = [", "discovery { kind = dns, service = s, may-form = true }, seeds = [");

    var ofPods =
        READER.replace(
            "seeds = [ { host = h, port = 7001 } ]",
            "discovery { kind = kubernetes, service = s, namespace = A, label = \"a=b,%s\" }");
    var ofDns =
        READER.replace(
            "seeds = [ { host = h, port = 7001 } ]",
            "discovery { kind = dns, service = s, namespace = a, label = b }");

    assertThat(faults(ofPods))
        .hasSize(2)
        .anyMatch(fault -> fault.contains("no name of a namespace: 'A'"))
        .anyMatch(fault -> fault.contains("no name of the key of a label: 'a=b,%s'"));
    assertThat(faults(ofDns))
        .hasSize(2)
        .allMatch(fault -> fault.contains("belongs to kind = kubernetes"));
    assertThat(faults(faulty))
        .hasSize(5)
        .anyMatch(fault -> fault.contains("dns or kubernetes, not consul"))
        .anyMatch(fault -> fault.contains("no name of a service: 'a b'"))
        .anyMatch(fault -> fault.contains("true or false, not maybe"))
        .anyMatch(fault -> fault.contains("1 to 64, not 65"))
        .anyMatch(fault -> fault.contains("ttl"));
    assertThat(faults(contradicting))
        .containsExactlyInAnyOrder(
            "sampo.cluster: seeds or discovery, not both",
            "sampo.cluster.discovery.may-form: a reader joins others and forms no cluster");
  }

  @Test
  void aReaderHasNothingOfAValidator() throws IOException {
    var text =
        READER.replace(
            "name = r1", "name = r1, key-file = k, validators = [], relay {}, storage {}");

    assertThat(faults(text))
        .containsExactlyInAnyOrder(
            "sampo.key-file (line 3): belongs to a validator, and a reader has none",
            "sampo.validators (line 3): belongs to a validator, and a reader has none",
            "sampo.relay (line 3): belongs to a validator, and a reader has none",
            "sampo.storage (line 3): a reader keeps what it follows in its data directory");
  }

  @Test
  void aReaderJoinsOthersAtAddressesOfItsOwn() throws IOException {
    var text = READER.replace("port = 7001", "port = 7000").replace("port = 6000", "port = 8080");

    assertThat(faults(text))
        .containsExactlyInAnyOrder(
            "sampo: api, cluster and requests each need an address of their own",
            "sampo.cluster.seeds: a reader joins others and is no seed");
  }
}
