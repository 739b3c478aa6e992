package dev.sampo.cluster.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password is read only where nobody else can read it, and is never shown. */
@Tag("fault-87")
final class PasswordFileTest {

  @TempDir private Path folder;
  private final List<String> faults = new ArrayList<>();

  @Test
  void readsTheOneLine() throws IOException {
    assertThat(read("s3cret\n", "rw-------")).hasValue("s3cret");
    assertThat(read("s3cret", "r--------")).hasValue("s3cret");
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void refusesAFileThatOthersMayUse(String permissions) throws IOException {
    assertThat(read("s3cret\n", permissions)).isEmpty();
    assertThat(faults).singleElement().asString().contains("chmod 600").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "s3cret\nand more\n"})
  void refusesWhatIsNotOneLine(String content) throws IOException {
    assertThat(read(content, "rw-------")).isEmpty();
    assertThat(faults).singleElement().asString().contains("one line").doesNotContain("s3cret");
  }

  @Test
  void refusesWhatIsTooLong() throws IOException {
    assertThat(read("x".repeat(1025), "rw-------")).isEmpty();
    assertThat(faults).hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(PasswordFile.read(folder.resolve("nothing"), faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains("cannot be read");
  }

  private Optional<String> read(String content, String permissions) throws IOException {
    var file = Files.createTempFile(folder, "database", ".password");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return PasswordFile.read(file, faults);
  }
}
