package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadMemoryTest {

  private static final class CountedReads implements StateReader {
    private int reads;

    @Override
    public Optional<Bytes> get(Bytes key) {
      reads++;
      return key.at(0) == 0 ? Optional.empty() : Optional.of(key);
    }

    @Override
    public List<Entry> range(Bytes from, Bytes to, int limit) {
      return List.of();
    }
  }

  private final CountedReads below = new CountedReads();
  private final ReadMemory memory = new ReadMemory(below);

  @Test
  void readsEachKeyOnceAndAlsoRemembersThatThereIsNone() {
    for (int i = 0; i < 3; i++) {
      assertThat(memory.get(Bytes.fromHex("01"))).contains(Bytes.fromHex("01"));
      assertThat(memory.get(Bytes.fromHex("00"))).isEmpty();
    }
    assertThat(below.reads).isEqualTo(2);
  }

  @Test
  void remembersNoMoreThanItsCapacityAndAnswersAllTheSame() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i <= ReadMemory.CAPACITY; i++) {
        var key = Bytes.fromHex("%08x".formatted(0x0100_0000 + i));
        assertThat(memory.get(key)).contains(key);
      }
    }
    assertThat(below.reads).isEqualTo(ReadMemory.CAPACITY + 2);
  }
}
