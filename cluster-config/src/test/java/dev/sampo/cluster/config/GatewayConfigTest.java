package dev.sampo.cluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node is stands in its file, and what does not go with that is a fault. */
@Tag("fault-100")
final class GatewayConfigTest {

  private static final String GATEWAY =
      """
      sampo {
        role = gateway
        name = g1
        data-centre = a
        api { host = h, port = 8080 }
        cluster {
          address { host = h, port = 7000 }, seeds = [ { host = h, port = 7001 } ]
          key-directory = tls
        }
      }
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("node.conf"), text);
  }

  private List<String> faults(String text) throws IOException {
    var file = file(text);
    try {
      throw new AssertionError("accepted " + GatewayConfig.read(file));
    } catch (FaultyConfig refused) {
      return refused.faults();
    }
  }

  @Test
  void readsWhatItWrites() throws IOException {
    var written =
        new GatewayConfig(
            "g1",
            "a",
            new Address("h", 8080),
            new ClusterSection(
                new Address("h", 7000),
                List.of(new Address("h", 7001)),
                folder.resolve("tls"),
                Optional.empty()));

    assertThat(GatewayConfig.read(file(NodeConfigText.of(written, folder)))).isEqualTo(written);
    assertThat(GatewayConfig.read(file(GATEWAY))).isEqualTo(written);
  }

  @Test
  void theRoleOfANodeIsThatOfAValidatorUnlessItsFileSaysAnother() throws IOException {
    assertThat(NodeRole.of(file(GATEWAY))).isEqualTo(NodeRole.GATEWAY);
    assertThat(NodeRole.of(file("sampo { name = v1 }"))).isEqualTo(NodeRole.VALIDATOR);
    assertThat(NodeRole.of(file("sampo { role = reader }"))).isEqualTo(NodeRole.READER);
    assertThat(NodeRole.of(file("sampo { role = watcher }"))).isEqualTo(NodeRole.VALIDATOR);
    assertThat(NodeRole.of(file("sampo { role = "))).isEqualTo(NodeRole.VALIDATOR);
  }

  @Test
  void aRoleThatThereIsNotIsAFault() throws IOException {
    var file = file("sampo { role = watcher }");

    assertThatThrownBy(() -> NodeConfig.read(file))
        .isInstanceOfSatisfying(
            FaultyConfig.class,
            refused ->
                assertThat(refused.faults())
                    .contains(
                        "sampo.role (line 1): 'watcher' is no role: there are validator, the"
                            + " default, gateway and reader"));
  }

  @Test
  void aGatewayHasNothingOfAValidator() throws IOException {
    var text = GATEWAY.replace("role = gateway", "role = gateway, key-file = k, validators = []");

    assertThat(faults(text))
        .containsExactlyInAnyOrder(
            "sampo.key-file (line 2): belongs to a validator, and a gateway has none",
            "sampo.validators (line 2): belongs to a validator, and a gateway has none");
  }

  @Test
  void aGatewayJoinsOthersAndTakesNoForwardedRequests() throws IOException {
    var text =
        GATEWAY
            .replace("port = 7001", "port = 7000")
            .replace("key-directory", "requests { host = h, port = 1 }, key-directory");

    assertThat(faults(text))
        .containsExactlyInAnyOrder(
            "sampo.cluster.seeds: a gateway joins others and is no seed",
            "sampo.cluster.requests: a gateway has no replica to take requests for");
  }
}
