package dev.sampo.persistence.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A replica of {@link Directories#LEDGER} that was initialised, to be opened by any test. */
@FunctionalInterface
public interface Replica {

  NodeStore open(Consumer<Throwable> onFailure) throws RefusedStart;

  /** Opens a store in which nothing is expected to fail. */
  default NodeStore open() throws RefusedStart {
    return open(
        failure -> {
          throw new AssertionError("the store has failed", failure);
        });
  }

  /** Where replicas are kept: what holds for one holds for all. */
  enum Kind {
    EMBEDDED,
    POSTGRESQL;

    /** A new replica; {@code folder} is the test's own. */
    public Replica init(Path folder) throws IOException, RefusedStart {
      return switch (this) {
        case EMBEDDED -> {
          var directory = Directories.init(folder.resolve("node"));
          yield onFailure ->
              NodeDirectory.open(
                  directory,
                  Directories.LEDGER,
                  Directories.VALIDATOR,
                  Directories.MEMORY,
                  onFailure);
        }
        case POSTGRESQL -> {
          var replicas = new PostgresReplicas(Databases.access(), Databases.anyValidator());
          replicas.init(Directories.LEDGER);
          yield onFailure -> replicas.open(Directories.LEDGER, Directories.MEMORY, onFailure);
        }
      };
    }
  }
}
