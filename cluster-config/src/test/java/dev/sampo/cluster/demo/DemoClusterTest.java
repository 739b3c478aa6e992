package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the nodes of a demo, none of which has to run")
final class DemoClusterTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("each node is found by its name, a gateway and a reader too")
  void findsEveryNode() throws IOException {
    var choice =
        new DemoChoice(Optional.empty(), Optional.empty(), 1, new DemoChoice.Sites(2, 1, 4, 1, 1));
    var layout = DemoLayout.in(folder, choice, new SecureRandom());
    var ports = DemoPorts.ephemeral(choice.sites());
    var jvm = new NodeJvm(Collector.SERIAL, Optional.empty(), 1);
    var cluster =
        DemoCluster.prepare(
            layout,
            ports,
            new NodeFiles(layout, ports),
            Collections.nCopies(4, jvm),
            death -> {
              throw new AssertionError(death.name());
            });

    assertThat(cluster.find("v3").map(cluster::endpointOf)).contains(cluster.endpoint(2));
    assertThat(cluster.find(DemoLayout.gatewayName(0)).map(cluster::endpointOf))
        .contains("http://127.0.0.1:" + ports.gatewayApi(0));
    assertThat(cluster.find(DemoLayout.readerName(0)).map(cluster::endpointOf))
        .contains("http://127.0.0.1:" + ports.readerApi(0));
    assertThat(cluster.find("v5")).isEmpty();
    assertThat(cluster.find("v3").orElseThrow().pid()).isZero();
  }
}
