package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.persistence.store.Loss;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the data directory anew of a validator that has voted and has lost what it promised. */
public final class NodeRecovery {

  private NodeRecovery() {}

  /**
   * Returns the directory.
   *
   * @param loss what the operator answers for: that no other copy of the validator runs
   * @throws FaultyConfig with everything that speaks against it
   */
  public static Path recover(Path configFile, Loss loss) throws IOException {
    var inputs = NodeInputs.read(NodeConfig.read(configFile));
    if (!(inputs.config().storage() instanceof StorageSection.Embedded)) {
      throw new FaultyConfig(
          List.of("sampo.storage: its replicas are in a database; only a directory can be lost"));
    }
    try {
      inputs.directories().recover(LedgerCharter.ENCODED_BYTES_MAX, loss);
    } catch (RefusedStart refused) {
      throw new FaultyConfig(refused.faults().stream().map(StartFault::message).toList());
    }
    return inputs.config().dataDirectory();
  }
}
