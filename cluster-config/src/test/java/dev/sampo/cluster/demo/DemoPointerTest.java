package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
