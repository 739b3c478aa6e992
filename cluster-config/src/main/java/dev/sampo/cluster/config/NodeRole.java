package dev.sampo.cluster.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;

/** What a node is. */
public enum NodeRole {
  /** Has a validator's key, votes with its replicas, and serves them. */
  VALIDATOR,
  /** Has neither keys nor replicas, and serves by forwarding. */
  GATEWAY,
  /** Follows ledgers without a key or a vote, and serves reads. */
  READER;

  private static final String KEY = "sampo.role";

  /** Of the node with this file; a validator if the file does not say or cannot be read. */
  public static NodeRole of(Path file) {
    try {
      var config = ConfigFactory.parseFile(file.toFile());
      return switch (config.hasPath(KEY) ? config.getString(KEY) : "") {
        case "gateway" -> GATEWAY;
        case "reader" -> READER;
        // Whoever reads the file as a validator's tells all of its faults.
        default -> VALIDATOR;
      };
    } catch (ConfigException faulty) {
      return VALIDATOR;
    }
  }

  /** Throws {@link IllegalArgumentException} for the name of anything but a validator. */
  static NodeRole validator(String name) {
    if (!name.equals("validator")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no role: there are validator, the default, gateway and reader");
    }
    return VALIDATOR;
  }
}
