package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.Seeds;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateOverlayTest {

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#many")
  void readsAsIfItsWritesHadBeenMadeBelow(long seed) {
    var random = Seeds.random(seed);
    var model = new TreeMap<Bytes, Bytes>();
    for (int i = 0; i < 60; i++) {
      var key = key(random.nextInt(100));
      model.put(key, key(i));
      store.commit(new WriteSet(List.of(new Write.Put(Table.STATE, key, key(i)))));
    }
    var block = StateOverlay.unbounded(new StoredState(store));
    var transaction = StateOverlay.ofTransaction(block);
    for (int i = 0; i < 60; i++) {
      var state = random.nextBoolean() || i > 30 ? transaction : block;
      var key = key(random.nextInt(100));
      boolean isShadowed = state == block && transaction.writes().containsKey(key);
      if (random.nextBoolean()) {
        state.put(key, key(1000 + i));
        if (!isShadowed) {
          model.put(key, key(1000 + i));
        }
      } else {
        state.delete(key);
        if (!isShadowed) {
          model.remove(key);
        }
      }
    }
    for (int i = 0; i < 50; i++) {
      var from = key(random.nextInt(100));
      var to = key(random.nextInt(100));
      int limit = 1 + random.nextInt(30);
      var expected =
          from.compareTo(to) >= 0
              ? List.<Entry>of()
              : model.subMap(from, to).entrySet().stream()
                  .limit(limit)
                  .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                  .toList();
      assertThat(transaction.range(from, to, limit)).isEqualTo(expected);
      assertThat(transaction.get(from)).isEqualTo(Optional.ofNullable(model.get(from)));
    }
  }

  @Test
  void refusesWhatExceedsItsLimits() {
    var state = StateOverlay.ofTransaction(new StoredState(store));
    for (int i = 0; i < State.WRITES_MAX; i++) {
      state.put(key(i), Bytes.EMPTY);
    }
    state.put(key(0), Bytes.copyOf(new byte[State.VALUE_LENGTH_MAX]));

    assertThatThrownBy(() -> state.put(key(State.WRITES_MAX), Bytes.EMPTY))
        .isInstanceOf(StateLimitExceeded.class);
    assertThatThrownBy(() -> state.put(Bytes.EMPTY, Bytes.EMPTY))
        .isInstanceOf(StateLimitExceeded.class);
    assertThatThrownBy(
            () -> state.put(Bytes.copyOf(new byte[State.KEY_LENGTH_MAX + 1]), Bytes.EMPTY))
        .isInstanceOf(StateLimitExceeded.class);
    assertThatThrownBy(() -> state.put(key(0), Bytes.copyOf(new byte[State.VALUE_LENGTH_MAX + 1])))
        .isInstanceOf(StateLimitExceeded.class);
    assertThatThrownBy(() -> state.range(key(0), key(9), StateReader.RANGE_MAX + 1))
        .isInstanceOf(StateLimitExceeded.class);
  }

  private static Bytes key(int number) {
    return Bytes.fromHex("%08x".formatted(number));
  }
}
