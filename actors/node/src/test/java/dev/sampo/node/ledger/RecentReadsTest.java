package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.state.StateReader;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentReadsTest {

  private final RecentReads recent = new RecentReads();
  private final Counting stored = new Counting();

  @Test
  void readsAKeyOnceForEachHeight() {
    var key = Bytes.fromHex("01");

    assertThat(recent.after(Height.of(1), stored).get(key)).contains(key);
    assertThat(recent.after(Height.of(1), stored).get(key)).contains(key);
    assertThat(stored.reads).isEqualTo(1);

    recent.after(Height.of(2), stored).get(key);
    assertThat(stored.reads).isEqualTo(2);
  }

  @Test
  void remembersNoMoreThanItsBytes() {
    int each = RecentReads.ENTRY_BYTES + 2 + 2; // the stored value of a key is the key
    int fit = RecentReads.BYTES_MAX / each;
    var reader = recent.after(Height.of(1), stored);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i <= fit; i++) {
        reader.get(Bytes.copyOf(new byte[] {(byte) (i >>> 8), (byte) i}));
      }
    }
    assertThat(stored.reads).as("the last key, twice").isEqualTo(fit + 2);
  }

  private static final class Counting implements StateReader {

    private int reads;

    @Override
    public Optional<Bytes> get(Bytes key) {
      reads++;
      return Optional.of(key);
    }

    @Override
    public List<Entry> range(Bytes from, Bytes to, int limit) {
      return List.of();
    }
  }
}
