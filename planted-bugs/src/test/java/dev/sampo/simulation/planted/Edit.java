package dev.sampo.simulation.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change to a copy of one shipped source file; the file itself stays as it is.
 *
 * @param file below {@code dev/sampo} without its ending, such as {@code core/block/Block}
 * @param before a text that occurs in it exactly once
 */
record Edit(String file, String before, String after) {

  private static final String CORE = "core/";

  /** The name of the class that the file declares. */
  String className() {
    return "dev.sampo." + file.replace('/', '.');
  }

  /** The file as shipped. */
  String source() throws IOException {
    var module = file.startsWith(CORE) ? "../actors/core" : "../simulation";
    return Files.readString(Path.of(module, "src/main/java/dev/sampo", file + ".java"));
  }

  /** {@code source} with this change. */
  String applyTo(String source) {
    int at = source.indexOf(before);
    if (at < 0 || source.indexOf(before, at + 1) >= 0) {
      throw new IllegalStateException(
          file + " changed: what this bug replaces must occur once: " + before);
    }
    return source.substring(0, at) + after + source.substring(at + before.length());
  }
}
