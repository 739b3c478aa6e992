package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another process has acknowledged is on disk, however that process ends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CrashTest {

  @TempDir private Path temporary;
  private Path directory;
  private Process writer;
  private BufferedReader output;

  @BeforeEach
  void startWriter() throws IOException {
    directory = Directories.init(temporary.resolve("node"));
    writer = StoreWriter.start(directory);
    output = writer.inputReader();
  }

  @AfterEach
  void endWriter() throws InterruptedException {
    writer.destroyForcibly().waitFor();
  }

  @RepeatedTest(3)
  @Tag("fault-25")
  @Tag("fault-27")
  void whatWasAcknowledgedBeforeAKillIsThereAndWholeAfterIt() throws Exception {
    var acknowledged = readAcknowledgements(200);

    kill();
    acknowledged.addAll(readToTheEnd());

    try (var store = Directories.open(directory)) {
      assertHolds(store.ledger(), acknowledged);
      for (var block : store.ledger().range(Table.BLOCK, text("0"), text("9~"), 1_000_000)) {
        assertThat(store.ledger().get(Table.RESULT, block.key())).hasValue(block.value());
      }
    }
  }

  @Test
  @Tag("fault-34")
  void aSecondProcessIsRefusedAndToldWhichOneIsAtWork() throws Exception {
    readAcknowledgements(1);

    var refused = catchThrowableOfType(RefusedStart.class, () -> Directories.open(directory));

    assertThat(refused.faults())
        .containsExactly(new StartFault.Locked(directory, Long.toString(writer.pid())));
    readAcknowledgements(1);
  }

  @Test
  @Tag("fault-34")
  void theLockOfAKilledProcessDoesNotHoldUpTheNext() throws Exception {
    readAcknowledgements(1);

    kill();

    Directories.open(directory).close();
  }

  @Test
  @Tag("fault-47")
  @Tag("fault-48")
  @Tag("fault-49")
  void nothingIsAcknowledgedAfterTheFirstFailedWriteAlthoughTheDiskRecovers() throws Exception {
    var acknowledged = readAcknowledgements(50);

    limitFileSize("4096");
    acknowledged.addAll(readUntil(StoreWriter.FAILED));
    limitFileSize("unlimited");
    writer.outputWriter().append("the disk has recovered\n").flush();

    assertThat(readToTheEnd()).isEmpty();
    assertThat(writer.waitFor()).isEqualTo(StoreWriter.EXIT_AFTER_FAILURE);
    try (var store = Directories.open(directory)) {
      assertHolds(store.ledger(), acknowledged);
    }
  }

  /** By its handle, which leaves what it has printed to be read. */
  private void kill() throws InterruptedException {
    writer.toHandle().destroyForcibly();
    writer.waitFor();
  }

  private void limitFileSize(String bytes) throws Exception {
    var limit = "--fsize=" + bytes + ":unlimited";
    var prlimit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(writer.pid()), limit)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }

  private static void assertHolds(LedgerStore ledger, List<String> acknowledged) {
    assertThat(acknowledged)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(ledger.get(Table.BLOCK, text(key))).isPresent());
  }

  private List<String> readAcknowledgements(int count) throws IOException {
    var acknowledged = new ArrayList<String>();
    while (acknowledged.size() < count) {
      acknowledged.add(StoreWriter.acknowledged(output.readLine()).orElseThrow());
    }
    return acknowledged;
  }

  private List<String> readUntil(String end) throws IOException {
    var acknowledged = new ArrayList<String>();
    for (var line = output.readLine(); !end.equals(line); line = output.readLine()) {
      acknowledged.add(StoreWriter.acknowledged(line).orElseThrow());
    }
    return acknowledged;
  }

  private List<String> readToTheEnd() {
    return output.lines().flatMap(line -> StoreWriter.acknowledged(line).stream()).toList();
  }
}
