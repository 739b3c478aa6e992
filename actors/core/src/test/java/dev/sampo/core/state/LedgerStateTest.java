package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerStateTest {

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final LedgerState state = LedgerState.open(store, Height.ZERO);
  private final TreeMap<Long, Hash> roots = new TreeMap<>();
  private final TreeMap<Long, TreeMap<StateKey, Bytes>> models = new TreeMap<>();

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void provesEveryValueOfEveryHeightThatIsKept(long seed) {
    run(seed, LedgerState.RETENTION + 40);
    var random = Seeds.random(seed);
    long newest = roots.lastKey();
    for (long height = newest - LedgerState.RETENTION; height <= newest; height++) {
      var key = key(random.nextInt(40));
      var proven = prove(Height.of(height), key).orElseThrow();
      var expected = Optional.ofNullable(models.get(height).get(key));
      assertThat(proven.value()).isEqualTo(expected);
      assertThat(proven.proof().proves(roots.get(height), key, expected)).isTrue();
    }
    assertThat(prove(Height.of(newest - LedgerState.RETENTION - 1), key(1))).isEmpty();
  }

  @Test
  void provesNothingMoreOfAHeightThatWasPrunedMeanwhile() {
    run(1, 30);
    var prover = LedgerState.prover(store, Height.of(30)).orElseThrow();
    assertThat(prover.prove(key(1))).isPresent();

    run(1, 30 + LedgerState.RETENTION + 1);

    for (int number = 0; number < 40; number++) {
      // What was read before may still be proven.
      var key = key(number);
      var proven = prover.prove(key);
      assertThat(
              proven.isEmpty()
                  || proven.get().proof().proves(roots.get(30L), key, proven.get().value()))
          .isTrue();
    }
    assertThat(IntStream.range(0, 40).filter(i -> prover.prove(key(i)).isEmpty())).isNotEmpty();
  }

  @Test
  void keepsABoundedNumberOfRowsHoweverLongItRuns() {
    run(1, 600);
    int before = store.size(Table.TREE);
    run(2, 1_200);
    assertThat(store.size(Table.TREE)).isLessThan(before + before / 4);
  }

  @Test
  void changesFewPagesForWhatIsCountedUp() {
    int height = 1;
    long ofNames = 0;
    for (int from = 0; from < 3_000; from += 100) {
      assertThat(pagesOf(height++, from, "commitment/way/%019d")).isLessThanOrEqualTo(18);
      ofNames = pagesOf(height++, from, "balance/gold/user%d");
    }
    assertThat(ofNames).isGreaterThan(100);
  }

  private long pagesOf(int height, int from, String name) {
    var changes = new TreeMap<StateKey, Optional<Bytes>>();
    for (int i = from; i < from + 100; i++) {
      changes.put(
          StateKey.application(Bytes.ofAscii(name.formatted(i))), Optional.of(Bytes.ofAscii("x")));
    }
    var version = state.commit(Height.of(height), changes);
    store.commit(new WriteSet(version.writes()));
    // Rows of pages begin with 0.
    return version.writes().stream()
        .filter(write -> write instanceof WriteSet.Write.Put put && isPage(put))
        .count();
  }

  private static boolean isPage(WriteSet.Write.Put put) {
    return put.table() == Table.TREE && put.key().at(0) == 0;
  }

  @Test
  void goesOnAlikeWhenItIsOpenedAgain() {
    run(3, 20);
    var reopened = LedgerState.open(store, Height.of(20));
    var changes = new TreeMap<StateKey, Optional<Bytes>>();
    changes.put(key(5), Optional.of(Bytes.fromHex("beef")));

    var expected = state.commit(Height.of(21), changes);
    var actual = reopened.commit(Height.of(21), changes);

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void changesNothingWhenAKeyIsGivenTheValueItHas() {
    run(4, 5);
    var key = models.get(5L).firstKey();
    var same = new TreeMap<StateKey, Optional<Bytes>>();
    same.put(key, Optional.of(models.get(5L).get(key)));
    same.put(key(99), Optional.empty());

    var version = state.commit(Height.of(6), same);

    assertThat(version.root()).isEqualTo(roots.get(5L));
    assertThat(version.delta().changes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void refusesAProofWithAnyBitFlipped(long seed) {
    run(seed, 30);
    var root = roots.get(30L);
    for (int number = 0; number < 40; number++) {
      var key = key(number);
      var proven = prove(Height.of(30), key).orElseThrow();
      var encoded = encoded(key, proven);
      assertThat(proves(encoded, root, key)).isTrue();
      for (int bit = 0; bit < encoded.length() * 8; bit++) {
        assertThat(proves(flipped(encoded, bit), root, key))
            .as("bit %d of key %d", bit, number)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void provesNothingUntrueOfAnotherKey(long seed) {
    run(seed, 30);
    for (int number = 0; number < 40; number++) {
      var proven = prove(Height.of(30), key(number)).orElseThrow();
      for (int other = 0; other < 40; other++) {
        boolean isAbsent = !models.get(30L).containsKey(key(other));
        boolean isSame = other == number;
        assertThat(proven.proof().proves(roots.get(30L), key(other), proven.value()))
            .isIn(isSame, isSame || isAbsent && proven.value().isEmpty());
      }
    }
  }

  private Optional<StateProver.Proven> prove(Height at, StateKey key) {
    return LedgerState.prover(store, at).flatMap(prover -> prover.prove(key));
  }

  private static Bytes encoded(StateKey key, StateProver.Proven proven) {
    return WireWriter.encode(
        out -> {
          key.writeTo(out);
          out.bool(proven.value().isPresent());
          proven.value().ifPresent(out::bytes);
          proven.proof().writeTo(out);
        });
  }

  private static boolean proves(Bytes encoded, Hash root, StateKey asked) {
    try {
      return WireReader.decode(
          encoded,
          in -> {
            var key = StateKey.readFrom(in);
            Optional<Bytes> value = in.bool() ? Optional.of(in.bytes(1000)) : Optional.empty();
            boolean holds = TreeProof.readFrom(in).proves(root, key, value);
            return holds && key.equals(asked);
          });
    } catch (Malformed refused) {
      return false;
    }
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    var copy = bytes.toByteArray();
    copy[bit / 8] ^= (byte) (0x80 >>> bit % 8);
    return Bytes.owning(copy);
  }

  private void run(long seed, int until) {
    var random = Seeds.random(seed);
    var model = models.isEmpty() ? new TreeMap<StateKey, Bytes>() : models.lastEntry().getValue();
    for (long height = roots.isEmpty() ? 1 : roots.lastKey() + 1; height <= until; height++) {
      model = new TreeMap<>(model);
      var changes = new TreeMap<StateKey, Optional<Bytes>>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        var key = key(random.nextInt(40));
        var value = Bytes.fromHex("%08x".formatted(random.nextInt()));
        boolean isDeleted = random.nextInt(4) == 0;
        changes.put(key, isDeleted ? Optional.empty() : Optional.of(value));
        if (isDeleted) {
          model.remove(key);
        } else {
          model.put(key, value);
        }
      }
      var version = state.commit(Height.of(height), changes);
      store.commit(new WriteSet(version.writes()));
      roots.put(height, version.root());
      models.put(height, model);
    }
  }

  /** Two of them are numbered. */
  private static StateKey key(int number) {
    return StateKey.application(
        number == 3 || number == 19
            ? Bytes.ofAscii("n/%019d".formatted(number))
            : Bytes.fromHex("%04x".formatted(number)));
  }
}
