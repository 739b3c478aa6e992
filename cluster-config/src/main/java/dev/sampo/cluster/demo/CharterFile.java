package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A charter in its canonical encoding in a file. What is wrong with one ends the command. */
public final class CharterFile {

  private CharterFile() {}

  /** Consents are not checked; a draft is a charter too. */
  public static LedgerCharter read(Path file) {
    try {
      if (Files.size(file) > LedgerCharter.ENCODED_BYTES_MAX) {
        throw new CommandFailed(ExitCode.FAILED, file + " is too large to be a charter");
      }
      return LedgerCharter.decode(Bytes.owning(Files.readAllBytes(file)));
    } catch (NoSuchFileException missing) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file, missing);
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
    } catch (Malformed | IllegalArgumentException damaged) {
      throw new CommandFailed(
          ExitCode.FAILED, file + " is not a charter: " + damaged.getMessage(), damaged);
    }
  }

  /** Writes a new file; one that is there is never replaced. */
  public static void create(Path file, LedgerCharter charter) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException exists) {
      throw new CommandFailed(ExitCode.CONFLICT, "there is a file " + file + " already", exists);
    }
    replace(file, charter);
  }

  /** Puts the charter in the place of what the file holds, as a whole or not at all. */
  public static void replace(Path file, LedgerCharter charter) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.write(draft, charter.encoded().toByteArray());
    try (var written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
