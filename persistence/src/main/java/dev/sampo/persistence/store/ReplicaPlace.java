package dev.sampo.persistence.store;

import dev.sampo.core.types.LedgerId;
import java.nio.file.Path;

/** A folder with the replica of one ledger, in the data directory of a node. */
record ReplicaPlace(Path directory, LedgerId ledger, Residence residence) {

  static final String DATABASE = "db";

  ReplicaPlace {
    directory = directory.toAbsolutePath();
  }

  Path database() {
    return directory.resolve(DATABASE);
  }
}
