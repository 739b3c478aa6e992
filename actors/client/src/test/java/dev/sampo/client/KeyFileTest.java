package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.crypto.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fault-87")
class KeyFileTest {

  @TempDir private Path folder;
  private KeyFile key;
  private Path path;
  private String text;
  private String secret;

  @BeforeEach
  void writeOne() throws IOException {
    key = KeyFile.generate("alice", new SecureRandom());
    path = folder.resolve("alice.key");
    key.write(path);
    text = Files.readString(path);
    secret =
        text.lines().filter(line -> line.startsWith("secret-seed: ")).findFirst().orElseThrow();
    secret = secret.substring("secret-seed: ".length());
  }

  private void replace(String content) throws IOException {
    Files.writeString(path, content);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> KeyFile.read(path))
        .isInstanceOf(KeyFileRefused.class)
        .hasNoCause()
        .hasMessageContaining(path.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining(secret.substring(0, 16));
  }

  @Test
  void comesBackAsItWasWritten() {
    var read = KeyFile.read(path);
    var digest = Sha256.hash(new byte[] {1});
    assertThat(read.name()).isEqualTo("alice");
    assertThat(read.publicKey()).isEqualTo(key.publicKey());
    assertThat(read.signer().sign(digest)).isEqualTo(key.signer().sign(digest));
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void isRefusedWhenOthersMayUseIt(String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    assertRefused("chmod 600");
  }

  @Test
  void isNeverReplaced() {
    assertThatThrownBy(() -> key.write(path)).isInstanceOf(KeyFileRefused.class);
    assertThat(KeyFile.read(path).publicKey()).isEqualTo(key.publicKey());
  }

  @Test
  void isRefusedWhereverItIsTruncated() throws IOException {
    for (int length = 0; length < text.length(); length++) {
      replace(text.substring(0, length));
      assertRefused("refused");
    }
  }

  @Test
  void isRefusedWhenAnyCharacterIsChanged() throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char changed = text.charAt(i) == '#' ? '+' : '#';
      replace(text.substring(0, i) + changed + text.substring(i + 1));
      assertRefused("refused");
    }
  }

  @Test
  void isRefusedWhenThePublicKeyIsOfAnotherSecret() throws IOException {
    replace(text.replace(secret, "00".repeat(32)));
    assertRefused("does not belong");
  }

  @Test
  void isRefusedWhenItIsMissingOrHuge() throws IOException {
    replace("x".repeat(2_000));
    assertRefused("too large");
    Files.delete(path);
    assertRefused("no such file");
  }

  @Test
  void neverPrintsTheSecret() {
    assertThat(key.toString() + key.signer()).doesNotContain(secret);
  }
}
