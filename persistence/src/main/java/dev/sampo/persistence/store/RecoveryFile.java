package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    DurableFile.write(directory.resolve(NAME), Bytes.owning(loss.text().getBytes(UTF_8)));
  }
}
