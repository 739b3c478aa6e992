package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.ReaderConfig;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeIdentity;
import java.io.IOException;
import java.util.ArrayList;
import javax.net.ssl.SSLContext;

/** What the configuration of a reader points to, read and found to fit together (fault 100). */
record ReaderInputs(ReaderConfig config, Genesis genesis, ClusterKeys keys, SSLContext tls) {

  /** Throws {@link FaultyConfig} with everything that is wrong. */
  static ReaderInputs read(ReaderConfig config) {
    var faults = new ArrayList<String>();
    var genesis = NodeInputs.genesis(config.genesisFile(), config.ledgerId(), faults);
    var keys = NodeInputs.clusterKeys(config.cluster(), faults);
    NodeInputs.requireFree("api", config.api(), faults);
    NodeInputs.requireFree("cluster.address", config.cluster().address(), faults);
    config
        .cluster()
        .requests()
        .ifPresent(at -> NodeInputs.requireFree("cluster.requests", at, faults));
    if (!faults.isEmpty() || genesis.isEmpty() || keys.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    try {
      return new ReaderInputs(config, genesis.get(), keys.get(), keys.get().tls());
    } catch (IOException unusable) {
      faults.add("keys of the cluster refused: " + unusable.getMessage());
      throw new FaultyConfig(faults);
    }
  }

  /** Where the copies of the ledgers are; nothing is opened. */
  LedgerDirectories stores() {
    return new LedgerDirectories(config.dataDirectory(), genesis.ledgerId(), NodeIdentity.READER);
  }

  /** Makes the data directory, once. */
  void init() throws IOException {
    NodeDirectory.init(config.dataDirectory(), genesis.ledgerId(), NodeIdentity.READER);
  }
}
