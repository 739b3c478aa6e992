package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Data directories for tests. */
public final class Directories {

  public static final LedgerId LEDGER = LedgerId.fromHex("aa".repeat(32));

  /** For the stores of all tests of a process. */
  public static final StoreMemory MEMORY = new StoreMemory();

  public static final PublicKey VALIDATOR = PublicKey.fromHex("bb".repeat(32));

  private Directories() {}

  public static Path init(Path directory) throws IOException {
    NodeDirectory.init(directory, LEDGER, VALIDATOR);
    return directory;
  }

  /** Opens a store in which nothing is expected to fail. */
  public static NodeStore open(Path directory) throws RefusedStart {
    return NodeDirectory.open(
        directory,
        LEDGER,
        VALIDATOR,
        MEMORY,
        failure -> {
          throw new AssertionError("the store has failed", failure);
        });
  }

  public static Bytes text(String value) {
    return Bytes.owning(value.getBytes(UTF_8));
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  public static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The files of the database whose name matches, in the order of their names. */
  static List<Path> databaseFiles(Path directory, String name) throws IOException {
    try (var files = Files.list(directory.resolve("db"))) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }

  static Path newestLog(Path directory) throws IOException {
    return databaseFiles(directory, "\\d+\\.log").getLast();
  }
}
