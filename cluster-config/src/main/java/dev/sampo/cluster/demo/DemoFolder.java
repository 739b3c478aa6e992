package dev.sampo.cluster.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a demo keeps its files; only its owner may enter.
 *
 * @param temporary nobody asked to keep it
 */
record DemoFolder(Path path, boolean temporary) {

  /** The folder that was asked for, or a fresh one. */
  static DemoFolder open(Optional<Path> kept) throws IOException {
    return kept.isPresent()
        ? new DemoFolder(DemoLayout.privateFolder(kept.get().toAbsolutePath().normalize()), false)
        : new DemoFolder(Files.createTempDirectory("sampo-demo-"), true);
  }

  /** Removes it with everything in it, unless it is to be kept. */
  void removeIfTemporary() throws IOException {
    if (temporary) {
      List<Path> contents;
      try (var walk = Files.walk(path)) {
        contents = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (var each : contents) {
        Files.deleteIfExists(each);
      }
    }
  }
}
