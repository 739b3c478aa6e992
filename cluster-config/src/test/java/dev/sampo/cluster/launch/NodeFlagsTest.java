package dev.sampo.cluster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class NodeFlagsTest {

  @AfterEach
  void forgetTheCache() {
    System.clearProperty(JavaCommand.CACHE_PROPERTY);
  }

  @Test
  void theLauncherStartsANodeAsTheDemoDoes(@TempDir Path directory) throws IOException {
    var launcher = Files.readString(Path.of("..", "sampo"));
    var cache = Files.createFile(directory.resolve("sampo.aot"));
    System.setProperty(JavaCommand.CACHE_PROPERTY, cache.toString());

    var command = JavaCommand.forNode(List.of(), NodeJvm.SHIPPED);

    assertThat(command).contains("-XX:AOTCache=" + cache);
    assertThat(command)
        .filteredOn(word -> word.startsWith("-X") || word.startsWith("--"))
        .filteredOn(word -> !word.startsWith("-XX:AOTCache=") && !word.startsWith("-Xmn"))
        .isNotEmpty()
        .allSatisfy(flag -> assertThat(launcher).contains(flag));
  }

  @Test
  void oneCollectorIsChosenAndLogsItsPausesWhereItIsTold() {
    var jvm = new NodeJvm(Collector.ZGC, Optional.of(Path.of("/tmp/gc.log")), 1);

    assertThat(JavaCommand.forNode(List.of(), jvm))
        .contains("-XX:+UseZGC", "-Xlog:gc,gc+phases:file=/tmp/gc.log:uptime")
        .doesNotContain("-XX:+UseSerialGC")
        .noneMatch(flag -> flag.startsWith("-Xmn"));
  }

  @Test
  void nodesHaveYoungGenerationsOfDifferentSizes() throws IOException {
    var sizes =
        Stream.generate(() -> JavaCommand.forNode(List.of(), NodeJvm.SHIPPED))
            .limit(20)
            .flatMap(command -> command.stream().filter(flag -> flag.startsWith("-Xmn")))
            .map(flag -> flag.replaceAll("-Xmn([0-9]+)k", "$1"))
            .map(Integer::valueOf)
            .toList();

    assertThat(sizes).hasSize(20).allMatch(size -> size >= 51_200 && size < 55_296);
    assertThat(new HashSet<>(sizes)).hasSizeGreaterThan(10);
    assertThat(Files.readString(Path.of("..", "sampo"))).contains("51200 + RANDOM % 4096");
  }

  @Test
  void eachLedgerGetsHeap() {
    var jvm = new NodeJvm(Collector.SERIAL, Optional.empty(), 4);

    assertThat(JavaCommand.forNode(List.of(), NodeJvm.SHIPPED)).contains("-Xmx96m");
    assertThat(JavaCommand.forNode(List.of(), jvm)).contains("-Xmx204m");
  }
}
