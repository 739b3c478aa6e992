package dev.sampo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverlayTest {

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#many")
  void readsAsIfAllGroupsHadBeenCommitted(long seed) {
    var random = Seeds.random(seed);
    var behind = new InMemoryLedgerStore();
    var ahead = new InMemoryLedgerStore();
    var overlay = new Overlay(behind);
    var waiting = new ArrayDeque<WriteSet>();
    long committed = 0;
    for (long group = 1; group <= 40; group++) {
      var writes = randomWrites(random);
      overlay.add(group, writes);
      ahead.commit(writes);
      waiting.add(writes);
      while (!waiting.isEmpty() && random.nextInt(3) == 0) {
        behind.commit(waiting.remove());
        overlay.committed(++committed);
      }
      for (int i = 0; i < 20; i++) {
        var from = key(random.nextInt(64));
        var to = key(random.nextInt(64));
        int limit = 1 + random.nextInt(20);
        assertThat(overlay.get(Table.TREE, from)).isEqualTo(ahead.get(Table.TREE, from));
        assertThat(overlay.range(Table.TREE, from, to, limit))
            .isEqualTo(ahead.range(Table.TREE, from, to, limit));
      }
    }
  }

  private static WriteSet randomWrites(RandomGenerator random) {
    var writes = new ArrayList<Write>();
    for (int i = 0; i < 6; i++) {
      var key = key(random.nextInt(64));
      writes.add(
          switch (random.nextInt(5)) {
            case 0 -> new Write.Delete(Table.TREE, key);
            case 1 -> new Write.DeleteRange(Table.TREE, key, key(random.nextInt(64) + 64));
            default -> new Write.Put(Table.TREE, key, key(random.nextInt()));
          });
    }
    return new WriteSet(writes);
  }

  private static Bytes key(int number) {
    return Bytes.fromHex("%08x".formatted(number));
  }
}
