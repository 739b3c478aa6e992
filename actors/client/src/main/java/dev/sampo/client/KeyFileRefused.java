package dev.sampo.client;

import java.nio.file.Path;

/** Why a key file is not used; the message names the file and never its secret (fault 87). */
public final class KeyFileRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyFileRefused(Path path, String why) {
    super("key file " + path + " refused: " + why);
  }
}
