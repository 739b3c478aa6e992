package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoPointerTest {

  /** No process has this id: Linux and macOS count to less. */
  private static final long NOBODY = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @Test
  void findsWhatTheDemoWrote() throws IOException {
    var pointer = pointer(ProcessHandle.current().pid());
    pointer.write(file());

    assertThat(DemoPointer.find(file())).contains(pointer);
  }

  @Test
  void namesTheLedgersOfTheDemo() throws IOException {
    var one = pointer(ProcessHandle.current().pid());
    var ledgers = new TreeMap<>(one.ledgers());
    ledgers.put(new LedgerName("bonds.eu-1"), LedgerId.fromHex("cd".repeat(32)));
    var pointer =
        new DemoPointer(
            one.pid(),
            one.ledger(),
            one.keys(),
            one.control(),
            one.validators(),
            ledgers,
            List.of(new DemoPointer.Reader("r1", "b", "http://127.0.0.1:8090")));
    pointer.write(file());

    assertThat(DemoPointer.find(file())).contains(pointer);
    assertThat(Files.readString(file())).contains("\"ledgers\"");
  }

  @Test
  void aDemoThatNamesNoLedgersHasOneNamedMain() throws IOException {
    var pointer = pointer(ProcessHandle.current().pid());
    pointer.write(file());
    var text = Files.readString(file());
    var without = text.replaceFirst("\"ledgers\"\\s*:\\s*\\{[^}]*}\\s*,", "");
    assertThat(without).isNotEqualTo(text);
    Files.writeString(file(), without);

    assertThat(DemoPointer.find(file())).contains(pointer);
    assertThat(pointer.ledgers())
        .containsExactly(Map.entry(LedgerSettings.FIRST_NAME, pointer.ledger()));
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    pointer(1).write(file());

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void findsNoDemoThatWasKilled() throws IOException {
    pointer(NOBODY).write(file());

    assertThat(DemoPointer.find(file())).isEmpty();
  }

  @Test
  void findsNoDemoWhereNoneWasEverStarted() {
    assertThat(DemoPointer.find(file())).isEmpty();
  }

  @Test
  void saysThatADamagedFileIsDamaged() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"pid\":");

    assertThatThrownBy(() -> DemoPointer.find(file())).hasMessageContaining("is damaged");
  }

  private Path file() {
    return folder.resolve(".sampo").resolve("demo.json");
  }

  private DemoPointer pointer(long pid) {
    return new DemoPointer(
        pid,
        LedgerId.fromHex("ab".repeat(32)),
        folder.resolve("keys"),
        folder.resolve("control.sock"),
        List.of(new DemoPointer.Validator("v1", "a", "http://127.0.0.1:8080", 17)));
  }
}
