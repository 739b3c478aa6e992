package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol RE1: a validator starts on its own initialised directory, or not at all. */
class NodeDirectoryTest {

  private static final LedgerId OTHER_LEDGER = LedgerId.fromHex("cc".repeat(32));
  private static final PublicKey OTHER_KEY = PublicKey.fromHex("dd".repeat(32));

  private static final Loss LOSS =
      new Loss(Instant.parse("2026-11-29T12:00:00Z"), "disk of rack 7 burnt");

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void init() throws IOException {
    directory = Directories.init(temporary.resolve("node"));
  }

  @Test
  void opensWhatInitHasMade() throws RefusedStart {
    try (var store = Directories.open(directory)) {
      assertThat(store.identity().ledger()).isEqualTo(LEDGER);
      assertThat(store.identity().validator()).isEqualTo(VALIDATOR);
      assertThat(store.writerEpoch()).isEqualTo(1);
    }
  }

  @Test
  void raisesTheWriterEpochAtEachOpen() throws RefusedStart {
    for (long epoch = 1; epoch <= 3; epoch++) {
      try (var store = Directories.open(directory)) {
        assertThat(store.writerEpoch()).isEqualTo(epoch);
      }
    }
  }

  @Test
  void recoverPutsAsideWhatIsThereAndSaysThatRecordsAreLost() throws Exception {
    try (var store = Directories.open(directory)) {
      assertThat(store.isAfterLoss()).isFalse();
    }
    var before = Files.readString(directory.resolve("INIT"));

    NodeDirectory.recover(directory, LEDGER, VALIDATOR, LOSS);

    try (var store = Directories.open(directory)) {
      assertThat(store.isAfterLoss()).isTrue();
      assertThat(store.writerEpoch()).isEqualTo(1);
    }
    var aside = directory.resolve("lost-" + LOSS.at().toEpochMilli());
    assertThat(aside.resolve("INIT")).hasContent(before);
    assertThat(aside.resolve("db")).isDirectory();
    assertThat(Files.readString(directory.resolve("RECOVERY")))
        .contains("2026-11-29T12:00:00Z", "reason disk of rack 7 burnt");
  }

  @Test
  void recoverMakesADirectoryWhereNothingIsLeft() throws Exception {
    var gone = temporary.resolve("gone");
    NodeDirectory.recover(gone, LEDGER, VALIDATOR, LOSS);
    try (var store = Directories.open(gone)) {
      assertThat(store.isAfterLoss()).isTrue();
    }
  }

  @Test
  void recoverTakesNoDirectoryThatIsInUse() throws Exception {
    try (var store = Directories.open(directory)) {
      assertThatThrownBy(() -> NodeDirectory.recover(directory, LEDGER, VALIDATOR, LOSS))
          .isInstanceOf(RefusedStart.class)
          .hasMessageContaining("in use");
      assertThat(store.isAfterLoss()).isFalse();
    }
    assertThat(directory.resolve("RECOVERY")).doesNotExist();
  }

  @Test
  void anInterruptedRecoveryIsNoStartAndIsDoneAgain() throws Exception {
    NodeDirectory.recover(directory, LEDGER, VALIDATOR, LOSS);
    Files.delete(directory.resolve("INIT")); // written last
    assertThatThrownBy(() -> Directories.open(directory).close())
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("comes back with recover");

    NodeDirectory.recover(
        directory, LEDGER, VALIDATOR, new Loss(LOSS.at().plusMillis(1), LOSS.reason()));
    try (var store = Directories.open(directory)) {
      assertThat(store.isAfterLoss()).isTrue();
    }
  }

  @Test
  void initNeverTakesADirectoryThatHoldsSomething() throws IOException {
    var occupied = Files.createDirectory(temporary.resolve("occupied"));
    Files.createFile(occupied.resolve("anything"));

    assertThatThrownBy(() -> NodeDirectory.init(directory, LEDGER, VALIDATOR))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> NodeDirectory.init(occupied, LEDGER, VALIDATOR))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(occupied.toFile().list()).containsExactly("anything");
  }

  @Test
  void initTakesAnEmptyDirectory() throws IOException, RefusedStart {
    var empty = Files.createDirectory(temporary.resolve("empty"));

    Directories.init(empty);

    Directories.open(empty).close();
  }

  @Test
  void nobodyElseMayReadTheDirectory() throws IOException, RefusedStart {
    Directories.open(directory).close();

    assertThat(permissions(directory)).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("db"))).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("INIT"))).isEqualTo("rw-------");
    assertThat(permissions(directory.resolve("LOCK"))).isEqualTo("rw-------");
  }

  @Test
  @Tag("fault-52")
  void refusesADirectoryWithoutInit() throws IOException {
    Files.delete(directory.resolve("INIT"));

    assertThat(faults(directory)).containsExactly(new StartFault.NotInitialised(directory));
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    var missing = temporary.resolve("missing");
    var file = Files.createFile(temporary.resolve("file"));

    assertThat(faults(missing)).containsExactly(new StartFault.NotADirectory(missing));
    assertThat(faults(file)).containsExactly(new StartFault.NotADirectory(file));
  }

  @Test
  @Tag("fault-45")
  void refusesTheDirectoryOfAnotherLedgerAndOfAnotherKeyWithBothReasons() {
    var refused =
        catchThrowableOfType(
            RefusedStart.class,
            () ->
                NodeDirectory.open(
                    directory, OTHER_LEDGER, OTHER_KEY, Directories.MEMORY, failure -> {}));

    assertThat(refused.faults())
        .containsExactly(
            new StartFault.ForeignLedger(OTHER_LEDGER, LEDGER),
            new StartFault.ForeignKey(OTHER_KEY, VALIDATOR));
    assertThat(refused).hasMessageContaining(LEDGER.hex()).hasMessageContaining(VALIDATOR.hex());
  }

  @Test
  void refusesAnUnknownFormat() throws IOException {
    var init = directory.resolve("INIT");
    String next = String.valueOf(NodeIdentity.FORMAT + 1);
    var content = Files.readString(init);
    Files.writeString(init, content.replace("format " + NodeIdentity.FORMAT, "format " + next));

    assertThat(faults(directory))
        .containsExactly(new StartFault.UnknownFormat(next, NodeIdentity.FORMAT));
  }

  @Test
  @Tag("fault-45")
  void refusesTheDatabaseOfAnotherDirectoryOfTheSameValidator() throws IOException {
    var other = Directories.init(temporary.resolve("other"));
    Directories.delete(directory.resolve("db"));
    Files.move(other.resolve("db"), directory.resolve("db"));

    assertThat(faults(directory))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.type(StartFault.Damaged.class))
        .satisfies(fault -> assertThat(fault.detail()).contains("another data directory"));
  }

  @Test
  @Tag("fault-52")
  void refusesADirectoryWhoseDatabaseIsGone() throws IOException {
    Directories.delete(directory.resolve("db"));

    assertThat(faults(directory)).singleElement().isInstanceOf(StartFault.Damaged.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INIT", "LOCK"})
  void aFileThatTheSystemRefusesIsNoReasonToRecover(String name) throws IOException {
    var file = directory.resolve(name);
    Files.deleteIfExists(file);
    Files.createDirectory(file);

    assertThat(faults(directory))
        .anySatisfy(
            fault ->
                assertThat(fault.message())
                    .startsWith(file + " cannot be read or written")
                    .doesNotContain("recover"));
  }

  @Test
  @Tag("fault-34")
  void refusesADirectoryThatIsInUseAndNamesTheProcess() throws RefusedStart {
    var pid = Long.toString(ProcessHandle.current().pid());

    try (var inUse = Directories.open(directory)) {
      assertThat(inUse.writerEpoch()).isEqualTo(1);
      assertThat(faults(directory)).containsExactly(new StartFault.Locked(directory, pid));
    }
  }

  @Test
  @Tag("fault-34")
  void mayBeOpenedAgainOnceClosed() throws RefusedStart {
    Directories.open(directory).close();

    Directories.open(directory).close();
  }

  @Test
  void aRefusedStartLeavesTheDirectoryAsItWas() throws RefusedStart {
    assertThatThrownBy(
            () ->
                NodeDirectory.open(
                    directory, OTHER_LEDGER, VALIDATOR, Directories.MEMORY, failure -> {}))
        .isInstanceOf(RefusedStart.class);

    try (var store = Directories.open(directory)) {
      assertThat(store.writerEpoch()).isEqualTo(1);
    }
  }

  private static List<StartFault> faults(Path directory) {
    return catchThrowableOfType(RefusedStart.class, () -> Directories.open(directory)).faults();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
