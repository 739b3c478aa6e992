package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small files that are there as a whole or not at all, also after a loss of power. */
final class DurableFile {

  private DurableFile() {}

  /** Puts {@code content} in the place of what the file holds; only its owner may read it. */
  static void write(Path file, Bytes content) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(unfinished, options, ownerOnly)) {
      var bytes = ByteBuffer.wrap(content.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.toAbsolutePath().resolveSibling(""));
  }

  /**
   * What the file holds.
   *
   * @throws IOException if it cannot be read, or is longer than {@code bytesMax}
   */
  static Bytes read(Path file, int bytesMax) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var content = in.readNBytes(bytesMax + 1);
      if (content.length > bytesMax) {
        throw new IOException(file + " is longer than " + bytesMax + " bytes");
      }
      return Bytes.owning(content);
    }
  }

  /** Makes everything below a folder durable, whoever has written it. */
  static void syncAll(Path folder) throws IOException {
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.toList()) {
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(entry)) {
          sync(entry);
        }
      }
    }
  }

  /** Makes the entries of a folder, or the content of a file, durable. */
  static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
