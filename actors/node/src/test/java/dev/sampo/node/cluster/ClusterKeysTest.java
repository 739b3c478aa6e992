package dev.sampo.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files that let a node into the cluster. */
class ClusterKeysTest {

  @TempDir private Path directory;

  @Test
  void whatWasCreatedIsOpened() throws Exception {
    var created = ClusterKeys.create(directory.resolve("keys"));

    var opened = ClusterKeys.open(directory.resolve("keys"));

    assertThat(opened).isEqualTo(created);
    assertThat(created.toString()).doesNotContain(created.password());
  }

  @Test
  void trustStoreHoldsTheCertificateAndNoKey() throws Exception {
    var keys = ClusterKeys.create(directory);
    var password = keys.password().toCharArray();
    var keyStore = KeyStore.getInstance("PKCS12");
    var trustStore = KeyStore.getInstance("PKCS12");
    try (InputStream key = Files.newInputStream(keys.keyStore());
        InputStream trust = Files.newInputStream(keys.trustStore())) {
      keyStore.load(key, password);
      trustStore.load(trust, password);
    }

    assertThat(keyStore.isKeyEntry("cluster")).isTrue();
    assertThat(trustStore.isKeyEntry("cluster")).isFalse();
    assertThat(trustStore.getCertificate("cluster")).isEqualTo(keyStore.getCertificate("cluster"));
  }

  @Test
  void everyClusterHasAPasswordOfItsOwn() throws Exception {
    var one = ClusterKeys.create(directory.resolve("one"));
    var other = ClusterKeys.create(directory.resolve("other"));

    assertThat(one.password()).isNotEqualTo(other.password()).hasSize(64);
  }

  @Test
  void existingKeysAreNeverReplaced() throws Exception {
    ClusterKeys.create(directory);

    assertThatThrownBy(() -> ClusterKeys.create(directory))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void missingKeysAreReported() {
    assertThatThrownBy(() -> ClusterKeys.open(directory)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void onlyTheOwnerMayReadThem() throws Exception {
    var keys = ClusterKeys.create(directory);
    try (var files = Files.list(directory)) {
      assertThat(files.toList())
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .containsExactlyInAnyOrder(
                          PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    Files.setPosixFilePermissions(keys.keyStore(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> ClusterKeys.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600 " + keys.keyStore());
  }
}
