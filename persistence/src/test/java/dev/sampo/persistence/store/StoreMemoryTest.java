package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory that the stores of all ledgers of a node share. */
class StoreMemoryTest {

  /** As many as a node hosts. */
  private static final int LEDGERS = 64;

  @TempDir private Path data;

  /** A buffer that is written to a file for lack of memory costs more than what is in it. */
  @Test
  void asManyStoresAsANodeHasKeepTheirNewestWritesInMemory() throws Exception {
    var ledgers = new LedgerDirectories(data, LEDGER, VALIDATOR);
    var stores = new ArrayList<NodeStore>();
    try (var memory = new StoreMemory()) {
      for (int number = 0; number < LEDGERS; number++) {
        var id = LedgerId.fromHex("%064x".formatted(number));
        ledgers.create(id, text("charter"));
        stores.add(ledgers.open(id, memory, failure -> {}));
      }
      try {
        long tables = tables();
        for (int round = 0; round < 3; round++) {
          for (var store : stores) {
            store.write(store.writerEpoch(), aChangeOfEachFamily(round));
          }
        }
        assertThat(tables()).isEqualTo(tables);
      } finally {
        stores.forEach(NodeStore::close);
      }
    }
  }

  private long tables() throws IOException {
    try (var files = Files.walk(data)) {
      return files.filter(file -> file.toString().endsWith(".sst")).count();
    }
  }

  private static List<Change> aChangeOfEachFamily(int round) {
    return Arrays.stream(Family.values())
        .filter(family -> family != Family.IDENTITY && family != Family.SNAPSHOT)
        .map(family -> (Change) new Change.Put(family, text("key" + round), text("value")))
        .toList();
  }
}
