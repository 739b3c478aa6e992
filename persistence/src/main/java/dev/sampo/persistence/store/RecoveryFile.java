package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file RECOVERY of a data directory that was made in place of one that was lost (RE1). It stays
 * for ever: whether the validator has settled since what it may have promised, its journal says.
 */
final class RecoveryFile {

  private static final String NAME = "RECOVERY";

  private RecoveryFile() {}

  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(NAME));
  }

  static void write(Path directory, Loss loss) throws IOException {
    var unfinished = directory.resolve(NAME + ".new");
    Files.deleteIfExists(unfinished);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(unfinished, options, ownerOnly)) {
      var bytes = ByteBuffer.wrap(loss.text().getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    NodeDirectory.sync(directory);
  }
}
