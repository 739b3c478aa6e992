package dev.sampo.testkit.inprocess;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.ReplicaStores;
import java.io.IOException;
import java.nio.file.Path;

/** Where real validators under test keep their replicas. */
@FunctionalInterface
public interface Storage {

  /** On this disk, in a folder for each validator. */
  Storage EMBEDDED =
      (folder, ledger, validator) -> {
        NodeDirectory.init(folder, ledger, validator);
        return new LedgerDirectories(folder, ledger, validator);
      };

  /**
   * Makes the replica of a validator that has never run.
   *
   * @param folder of this validator alone; not there yet
   */
  ReplicaStores init(Path folder, LedgerId ledger, PublicKey validator)
      throws IOException, RefusedStart;
}
