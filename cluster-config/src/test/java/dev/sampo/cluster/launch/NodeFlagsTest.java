package dev.sampo.cluster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeFlagsTest {

  @Test
  void theLauncherStartsANodeAsTheDemoDoes() throws IOException {
    var launcher = Files.readString(Path.of("..", "sampo"));

    assertThat(JavaCommand.forNode(List.of(), NodeJvm.SHIPPED))
        .filteredOn(word -> word.startsWith("-X") || word.startsWith("--"))
        .filteredOn(word -> !word.startsWith("-XX:AOTCache="))
        .isNotEmpty()
        .allSatisfy(flag -> assertThat(launcher).contains(flag));
  }

  @Test
  void oneCollectorIsChosenAndLogsItsPausesWhereItIsTold() {
    var jvm = new NodeJvm(Collector.ZGC, Optional.of(Path.of("/tmp/gc.log")), 1);

    assertThat(JavaCommand.forNode(List.of(), jvm))
        .contains("-XX:+UseZGC", "-Xlog:gc,gc+phases:file=/tmp/gc.log:uptime")
        .doesNotContain("-XX:+UseSerialGC", "-Xmn52m");
  }

  @Test
  void eachLedgerGetsHeap() {
    var jvm = new NodeJvm(Collector.SERIAL, Optional.empty(), 4);

    assertThat(JavaCommand.forNode(List.of(), NodeJvm.SHIPPED)).contains("-Xmx112m");
    assertThat(JavaCommand.forNode(List.of(), jvm)).contains("-Xmx220m");
  }
}
