package dev.sampo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InMemoryLedgerStoreTest {

  private static final int STEPS = 6_000;
  private static final int KEYS = 2_000;

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final TreeMap<Bytes, Bytes> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsLikeAnOrderedMapWhateverWasWrittenAndDeleted(long seed) {
    var random = new SplittableRandom(seed);

    for (int step = 0; step < STEPS; step++) {
      var key = key(random.nextInt(KEYS));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> put(key, key(random.nextInt()));
        case 3, 4 -> delete(key);
        case 5 -> assertThat(floor(key)).isEqualTo(modelFloor(key));
        case 6 -> readRange(key, key(random.nextInt(KEYS)), random.nextInt(1, 40));
        default -> {
          if (random.nextInt(50) == 0) {
            deleteRange(key, key(random.nextInt(KEYS)));
          }
        }
      }
      assertThat(store.get(Table.TREE, key)).isEqualTo(Optional.ofNullable(model.get(key)));
    }

    readRange(key(0), key(KEYS), KEYS);
    assertThat(store.size(Table.TREE)).isEqualTo(model.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 5_000})
  void keepsTheOrderAfterManyKeysAreGone(int kept) {
    for (int i = 0; i < 3 * kept + 5_000; i++) {
      put(key(i), key(i));
    }

    for (int i = kept; i < 3 * kept + 5_000; i++) {
      delete(key(i));
    }

    readRange(key(0), key(Integer.MAX_VALUE), Integer.MAX_VALUE);
    assertThat(floor(key(Integer.MAX_VALUE))).isEqualTo(modelFloor(key(Integer.MAX_VALUE)));
  }

  private void put(Bytes key, Bytes value) {
    store.commit(new WriteSet(List.of(new Write.Put(Table.TREE, key, value))));
    model.put(key, value);
  }

  private void delete(Bytes key) {
    store.commit(new WriteSet(List.of(new Write.Delete(Table.TREE, key))));
    model.remove(key);
  }

  private void deleteRange(Bytes one, Bytes other) {
    var from = one.compareTo(other) < 0 ? one : other;
    var to = one.compareTo(other) < 0 ? other : one;
    store.commit(new WriteSet(List.of(new Write.DeleteRange(Table.TREE, from, to))));
    model.subMap(from, true, to, false).clear();
  }

  private void readRange(Bytes from, Bytes to, int limit) {
    List<EntryReader.Entry> expected =
        from.compareTo(to) >= 0
            ? List.of()
            : model.subMap(from, true, to, false).entrySet().stream()
                .limit(limit)
                .map(entry -> new EntryReader.Entry(entry.getKey(), entry.getValue()))
                .toList();
    assertThat(store.range(Table.TREE, from, to, limit)).isEqualTo(expected);
  }

  private Optional<EntryReader.Entry> floor(Bytes key) {
    return store.floor(Table.TREE, key);
  }

  private Optional<EntryReader.Entry> modelFloor(Bytes key) {
    return Optional.ofNullable(model.floorEntry(key))
        .map(entry -> new EntryReader.Entry(entry.getKey(), entry.getValue()));
  }

  private static Bytes key(int number) {
    return Bytes.owning(
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
  }
}
