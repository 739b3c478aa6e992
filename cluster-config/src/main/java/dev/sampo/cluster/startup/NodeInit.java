package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.persistence.store.NodeDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

/** Makes the data directory of a validator, once: after that its content says what was promised. */
public final class NodeInit {

  private NodeInit() {}

  /** Returns the directory; throws {@link FaultyConfig} with everything that speaks against it. */
  public static Path init(Path configFile) throws IOException {
    var inputs = NodeInputs.read(NodeConfig.read(configFile));
    var directory = inputs.config().dataDirectory();
    try {
      NodeDirectory.init(directory, inputs.genesis().ledgerId(), inputs.key().publicKey());
    } catch (FileAlreadyExistsException exists) {
      throw new FaultyConfig(List.of(String.valueOf(exists.getMessage())));
    }
    return directory;
  }
}
