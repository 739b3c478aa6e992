package dev.sampo.cluster.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;

/** What a node is. */
public enum NodeRole {
  /** Has a validator's key, votes with its replicas, and serves them. */
  VALIDATOR,
  /** Has neither keys nor replicas, and serves by forwarding. */
  GATEWAY;

  private static final String KEY = "sampo.role";
  private static final String GATEWAY_NAME = "gateway";

  /** Of the node with this file; a validator if the file does not say or cannot be read. */
  public static NodeRole of(Path file) {
    try {
      var config = ConfigFactory.parseFile(file.toFile());
      return config.hasPath(KEY) && config.getString(KEY).equals(GATEWAY_NAME)
          ? GATEWAY
          : VALIDATOR;
    } catch (ConfigException faulty) {
      // Whoever reads the file as a validator's tells all of its faults.
      return VALIDATOR;
    }
  }

  /** Throws {@link IllegalArgumentException} for the name of anything but a validator. */
  static NodeRole validator(String name) {
    if (!name.equals("validator")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no role: there are validator, the default, and gateway");
    }
    return VALIDATOR;
  }
}
