package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage to a small database is found, or does no harm, and a torn last record is dropped (protocol
 * 2.4). With {@code -Dsampo.damage.stride=1} every byte is flipped instead of every 43rd.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class DamageTest {

  private static final int STRIDE = Integer.getInteger("sampo.damage.stride", 43);
  private static final int HEADER = 7;
  private static final Bytes LARGE_VALUE = Bytes.owning(new byte[1 << 19]);

  private static final int VALUE_BYTES = 40;

  private Path temporary;
  private Path pristine;
  private List<Entry> before;
  private List<Entry> after;
  private int lastRecord;

  /** Some entries in tables on disk, some in the log, and one last record in the log. */
  @BeforeAll
  void fill(@TempDir Path directory) throws Exception {
    temporary = directory;
    pristine = Directories.init(temporary.resolve("pristine"));
    try (var store = Directories.open(pristine)) {
      for (int i = 0; i < 20; i++) {
        put(store, Table.values()[i % Table.values().length], "early-" + i);
      }
    }
    try (var store = Directories.open(pristine)) {
      for (int i = 0; i < 20; i++) {
        put(store, Table.STATE, "late-" + i);
      }
      before = content(store);
      lastRecord = Math.toIntExact(Files.size(Directories.newestLog(pristine)));
      put(store, Table.STATE, "last");
      after = content(store);
    }
    assertThat(after).hasSize(before.size() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\d+\\.log", "MANIFEST-\\d+", "\\d+\\.sst", "CURRENT", "IDENTITY"})
  @Tag("fault-42")
  @Tag("fault-55")
  void aFlippedBitIsFoundOrHarmless(String name) throws Exception {
    for (var file : Directories.databaseFiles(pristine, name)) {
      for (int at = 0; at < Files.size(file); at += STRIDE) {
        int position = at;
        var found = contentOf(copyWith(file, bytes -> flip(bytes, position)));
        boolean mayBeTorn = file.equals(Directories.newestLog(pristine)) && at >= lastRecord;
        assertThat(
                found.isEmpty()
                    || after.equals(found.get())
                    || mayBeTorn && before.equals(found.get()))
            .as("%s flipped at byte %d", file, at)
            .isTrue();
      }
    }
  }

  @Test
  @Tag("fault-42")
  void aFlippedBitInInitIsFound() throws Exception {
    var init = pristine.resolve("INIT");
    for (int at = 0; at < Files.size(init); at++) {
      int position = at;
      assertThat(contentOf(copyWith(init, bytes -> flip(bytes, position)))).as("%d", at).isEmpty();
    }
  }

  @Test
  @Tag("fault-41")
  void aLogThatEndsAnywhereInItsLastRecordGivesTheStateBeforeIt() throws Exception {
    var log = Directories.newestLog(pristine);
    for (int length = lastRecord; length < Files.size(log); length++) {
      int end = length;
      assertThat(contentOf(copyWith(log, bytes -> Arrays.copyOf(bytes, end))))
          .as("cut to %d bytes", length)
          .hasValue(before);
    }
    assertThat(contentOf(copyWith(log, bytes -> bytes))).hasValue(after);
  }

  @Test
  @Tag("fault-41")
  @Tag("fault-46")
  void aLastRecordOfWhichSomeBytesNeverReachedTheDiskIsDropped() throws Exception {
    var log = Directories.newestLog(pristine);
    for (int from = lastRecord; from < Files.size(log); from += 5) {
      int start = from;
      var damaged = copyWith(log, bytes -> zeros(bytes, start, bytes.length));
      assertThat(contentOf(damaged)).as("zeros from %d", from).hasValue(before);
    }
    var withoutHeader = copyWith(log, bytes -> zeros(bytes, lastRecord, lastRecord + HEADER));
    assertThat(contentOf(withoutHeader)).hasValue(before);
  }

  @Test
  @Tag("fault-41")
  void whatWasDroppedAsTornStaysDropped() throws Exception {
    var log = Directories.newestLog(pristine);
    var torn = copyWith(log, bytes -> flip(bytes, lastRecord));

    try (var store = Directories.open(torn)) {
      assertThat(content(store)).isEqualTo(before);
      put(store, Table.STATE, "afterwards");
    }

    try (var store = Directories.open(torn)) {
      assertThat(content(store)).hasSize(before.size() + 1).containsAll(before);
      assertThat(store.ledger().get(Table.STATE, text("last"))).isEmpty();
    }
  }

  @Test
  @Tag("fault-42")
  void aBadRecordWithGoodOnesBehindItIsRefusedWhereverItIsBad() throws Exception {
    var log = Directories.newestLog(pristine);
    for (int at = lastRecord - 60; at < lastRecord; at++) {
      int position = at;
      var damaged = copyWith(log, bytes -> flip(bytes, position));
      assertThatThrownBy(() -> Directories.open(damaged))
          .as("flipped at byte %d", at)
          .isInstanceOf(RefusedStart.class)
          .hasMessageContaining("good records behind it");
      Directories.delete(damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\d+\\.log", "MANIFEST-\\d+", "\\d+\\.sst", "CURRENT"})
  @Tag("fault-52")
  void aMissingFileIsFound(String name) throws Exception {
    for (var file : Directories.databaseFiles(pristine, name)) {
      var damaged = copy();
      Files.delete(damaged.resolve(pristine.relativize(file)));
      assertThat(contentOf(damaged)).as("without %s", file).isEmpty();
    }
  }

  @Test
  @Tag("fault-52")
  void aMissingLogBeforeTheNewestIsFound() throws Exception {
    var directory = copy();
    try (var store = Directories.open(directory)) {
      put(store, Table.META, "only in the first log");
      for (int i = 0; i < 20; i++) {
        store
            .ledger()
            .commit(
                new WriteSet(List.of(new Write.Put(Table.STATE, text("big-" + i), LARGE_VALUE))));
      }
    }
    var logs = Directories.databaseFiles(directory, "\\d+\\.log");
    assertThat(logs).hasSizeGreaterThan(1);

    Files.delete(logs.getFirst());

    assertThat(contentOf(directory)).isEmpty();
  }

  private interface Damage {
    byte[] apply(byte[] bytes);
  }

  private Path copyWith(Path file, Damage damage) throws IOException {
    var copy = copy();
    var target = copy.resolve(pristine.relativize(file));
    Files.write(target, damage.apply(Files.readAllBytes(target)));
    return copy;
  }

  private Path copy() throws IOException {
    var copy = temporary.resolve("copy-" + System.nanoTime());
    Directories.copy(pristine, copy);
    return copy;
  }

  /** What can be read from the directory; empty if the damage was found. Removes the directory. */
  private static Optional<List<Entry>> contentOf(Path directory) throws IOException {
    try (var store =
        NodeDirectory.open(
            directory,
            Directories.LEDGER,
            Directories.VALIDATOR,
            Directories.MEMORY,
            failure -> {})) {
      return Optional.of(content(store));
    } catch (RefusedStart | StoreFailed found) {
      return Optional.empty();
    } finally {
      Directories.delete(directory);
    }
  }

  private static List<Entry> content(NodeStore store) {
    var entries = new ArrayList<Entry>();
    for (var table : Table.values()) {
      entries.addAll(store.ledger().range(table, Bytes.EMPTY, text("~"), 1000));
    }
    return entries;
  }

  private static void put(NodeStore store, Table table, String key) {
    var value = text(key.repeat(VALUE_BYTES / key.length()));
    store.ledger().commit(new WriteSet(List.of(new Write.Put(table, text(key), value))));
  }

  private static byte[] flip(byte[] bytes, int at) {
    bytes[at] ^= (byte) (1 << at % 8);
    return bytes;
  }

  private static byte[] zeros(byte[] bytes, int from, int to) {
    Arrays.fill(bytes, from, to, (byte) 0);
    return bytes;
  }
}
