package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sampo.core.store.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** System calls of a writing process that fail or are its last; needs strace. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Order(1)
class DiskFaultTest {

  /** More than the number of each call that opening makes, so that some fall into writing. */
  private static final List<String> LAST_CALLS =
      List.of(
          "fdatasync:signal=SIGKILL:when=1",
          "fdatasync:signal=SIGKILL:when=2",
          "fdatasync:signal=SIGKILL:when=5",
          "fdatasync:signal=SIGKILL:when=15",
          "fsync:signal=SIGKILL:when=1",
          "fsync:signal=SIGKILL:when=2",
          "rename:signal=SIGKILL:when=1",
          "rename:signal=SIGKILL:when=2",
          "unlink:signal=SIGKILL:when=1",
          "unlink:signal=SIGKILL:when=3",
          "ftruncate:signal=SIGKILL:when=1");

  private static final int WRITES_MAX = 100;

  @TempDir private Path temporary;
  private Path directory;

  @BeforeAll
  static void needsStrace() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
  }

  @BeforeEach
  void init() throws Exception {
    directory = Directories.init(temporary.resolve("node"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fdatasync:error=EIO:when=10", "fdatasync:error=ENOSPC:when=20"})
  @Tag("fault-47")
  @Tag("fault-48")
  @Tag("fault-49")
  void afterOneFailedCallNothingIsAcknowledgedAlthoughTheNextSucceed(String fault)
      throws Exception {
    var writer = start(fault);
    writer.outputWriter().append("go on\n").flush();

    var lines = writer.inputReader().lines().toList();

    assertThat(writer.waitFor()).isEqualTo(StoreWriter.EXIT_AFTER_FAILURE);
    assertThat(lines).endsWith(StoreWriter.FAILED).containsOnlyOnce(StoreWriter.FAILED);
    assertHolds(lines);
  }

  @Test
  @Tag("fault-27")
  @Tag("fault-29")
  void everyStepOfOpeningAndWritingMayBeTheLast() throws Exception {
    for (var lastCall : LAST_CALLS) {
      var writer = start(lastCall);
      var lines = writer.inputReader().lines().limit(WRITES_MAX).toList();
      end(writer);

      assertHolds(lines);
    }
  }

  /** The traced process too, where it has not come to its last call. */
  private static void end(Process tracer) {
    var processes = Stream.concat(tracer.descendants(), Stream.of(tracer.toHandle())).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private Process start(String fault) throws Exception {
    var calls = "trace=" + fault.substring(0, fault.indexOf(':'));
    return StoreWriter.start(
        directory, "strace", "-f", "-qq", "-o", "/dev/null", "-e", calls, "-e", "inject=" + fault);
  }

  private void assertHolds(List<String> lines) throws Exception {
    try (var store = Directories.open(directory)) {
      var ledger = store.ledger();
      assertThat(lines.stream().flatMap(line -> StoreWriter.acknowledged(line).stream()))
          .allSatisfy(key -> assertThat(ledger.get(Table.BLOCK, text(key))).isPresent());
      for (var block : ledger.range(Table.BLOCK, text("0"), text("9~"), 1_000_000)) {
        assertThat(ledger.get(Table.RESULT, block.key())).hasValue(block.value());
      }
    }
  }
}
