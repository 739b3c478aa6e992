package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("other tests that run a node in this JVM set the same property")
final class NodeTrustTest extends RunsCommands {

  private static final String PROPERTY = "javax.net.ssl.trustStore";

  @BeforeEach
  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void aNodeTrustsNobodyByDefaultBeforeItReadsItsConfiguration(@TempDir Path folder)
      throws Exception {
    var config = Files.writeString(folder.resolve("node.conf"), "sampo { }");

    assertThat(run("node", "--config", config.toString())).isEqualTo(1);

    assertThat(System.getProperty(PROPERTY)).isEqualTo("NONE");
  }
}
