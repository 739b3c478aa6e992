package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeRole;
import dev.sampo.cluster.config.ReaderConfig;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.PostgresReplicas;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes the replica of a validator, once: after that its content says what was promised. Or the
 * data directory of a reader.
 */
public final class NodeInit {

  private NodeInit() {}

  /** Returns where it is; throws {@link FaultyConfig} with everything that speaks against it. */
  public static String init(Path configFile) throws IOException {
    return NodeRole.of(configFile) == NodeRole.READER
        ? initReader(configFile)
        : initValidator(configFile);
  }

  private static String initReader(Path configFile) throws IOException {
    var inputs = ReaderInputs.read(ReaderConfig.read(configFile));
    try {
      inputs.init();
      return inputs.config().dataDirectory().toString();
    } catch (FileAlreadyExistsException exists) {
      throw new FaultyConfig(List.of(String.valueOf(exists.getMessage())));
    }
  }

  private static String initValidator(Path configFile) throws IOException {
    var inputs = NodeInputs.read(NodeConfig.read(configFile));
    var ledger = inputs.genesis().ledgerId();
    var validator = inputs.key().publicKey();
    try {
      var database = inputs.database();
      if (database.isPresent()) {
        new PostgresReplicas(database.get(), validator).init(ledger);
        return database.get().toString();
      }
      var directory = inputs.config().dataDirectory();
      requireUnmarked(inputs.config().mark());
      NodeDirectory.init(directory, ledger, validator);
      return directory.toString();
    } catch (FileAlreadyExistsException exists) {
      throw new FaultyConfig(List.of(String.valueOf(exists.getMessage())));
    } catch (RefusedStart refused) {
      throw new FaultyConfig(refused.faults().stream().map(StartFault::message).toList());
    }
  }

  /** RE1: whoever has been started before is not fresh, though its directory may be gone. */
  private static void requireUnmarked(Optional<Path> mark) {
    mark.filter(Files::exists)
        .ifPresent(
            file -> {
              throw new FaultyConfig(
                  List.of(
                      "its mark %s says that this validator has been started before: it comes back"
                              .formatted(file)
                          + " with recover"));
            });
  }
}
