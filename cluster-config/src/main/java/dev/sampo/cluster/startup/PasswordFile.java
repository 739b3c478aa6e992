package dev.sampo.cluster.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A password in a file that only its owner may read; no message shows it (fault 87). */
final class PasswordFile {

  private static final int BYTES_MAX = 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PasswordFile() {}

  /** The one line of the file, or what is wrong with it is added to {@code faults}. */
  static Optional<String> read(Path file, List<String> faults) {
    try {
      // On file systems without POSIX permissions the access rights are left to the operator.
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        var permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
          faults.add(
              "password file %s: others than its owner may use it (%s); run: chmod 600 %s"
                  .formatted(file, PosixFilePermissions.toString(permissions), file));
          return Optional.empty();
        }
      }
      try (var in = Files.newInputStream(file)) {
        var content = in.readNBytes(BYTES_MAX + 1);
        var lines = new String(content, UTF_8).lines().toList();
        if (content.length <= BYTES_MAX && lines.size() == 1 && !lines.getFirst().isEmpty()) {
          return Optional.of(lines.getFirst());
        }
      }
      faults.add("password file " + file + " is not one line of at most " + BYTES_MAX + " bytes");
    } catch (IOException unreadable) {
      faults.add("password file " + file + " cannot be read: " + unreadable);
    }
    return Optional.empty();
  }
}
