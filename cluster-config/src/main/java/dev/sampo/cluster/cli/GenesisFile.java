package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A genesis document in a file. */
final class GenesisFile {

  private GenesisFile() {}

  /** Ends the command if there is none; {@code option} named the file. */
  static Genesis read(String option, Path file) {
    try {
      return Genesis.decode(Bytes.owning(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.FAILED, option + ": cannot read " + unreadable.getMessage(), unreadable);
    } catch (Malformed | IllegalArgumentException damaged) {
      throw new CommandFailed(
          ExitCode.FAILED,
          option + ": " + file + " is not a genesis document: " + damaged.getMessage(),
          damaged);
    }
  }
}
