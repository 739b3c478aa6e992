package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Replica.Kind.class)
class NodeStoreTest {

  private final Replica.Kind kind;

  @TempDir private Path temporary;
  private final List<Throwable> failures = new ArrayList<>();
  private Replica replica;
  private NodeStore store;
  private LedgerStore ledger;

  NodeStoreTest(Replica.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws IOException, RefusedStart {
    replica = kind.init(temporary);
    reopen();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyTableIsAMapOfItsOwn() throws RefusedStart {
    for (var table : Table.values()) {
      put(table, "key", table.name());
    }
    store.close();
    reopen();

    for (var table : Table.values()) {
      assertThat(ledger.get(table, text("key"))).hasValue(text(table.name()));
    }
  }

  @Test
  @DisplayName("X1: what is in the dedupe set is found, before and after its filter is complete")
  void filtersKeysOfTheDedupeSet() throws RefusedStart {
    ledger.commit(
        new WriteSet(
            IntStream.range(0, 5_000)
                .<Write>mapToObj(i -> new Write.Put(Table.DEDUPE, text("key " + i), text("old")))
                .toList()));
    store.close();
    reopen();
    assertThat(store.isFiltering()).isFalse();
    assertThat(ledger.get(Table.DEDUPE, text("key 4999"))).hasValue(text("old"));

    int next = 5_000;
    for (; !store.isFiltering(); next++) {
      put(Table.DEDUPE, "key " + next, "new");
    }
    assertThat(IntStream.range(0, next))
        .allMatch(i -> ledger.get(Table.DEDUPE, text("key " + i)).isPresent());
    assertThat(ledger.get(Table.DEDUPE, text("absent"))).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void appliesTheWritesOfOneCommitInOrder() {
    ledger.commit(
        new WriteSet(
            List.of(
                new Write.Put(Table.STATE, text("a"), text("1")),
                new Write.Put(Table.STATE, text("b"), text("1")),
                new Write.DeleteRange(Table.STATE, text("a"), text("c")),
                new Write.Put(Table.STATE, text("b"), text("2")),
                new Write.Put(Table.META, text("m"), text("1")),
                new Write.Delete(Table.META, text("m")))));

    assertThat(all(Table.STATE)).containsExactly(new Entry(text("b"), text("2")));
    assertThat(all(Table.META)).isEmpty();
  }

  @Test
  void rangesAreHalfOpenOrderedAndLimited() {
    for (var key : List.of("c", "a", "d", "b")) {
      put(Table.STATE, key, key);
    }

    assertThat(keys(ledger.range(Table.STATE, text("a"), text("d"), 10)))
        .containsExactly("a", "b", "c");
    assertThat(keys(ledger.range(Table.STATE, text("a"), text("z"), 2))).containsExactly("a", "b");
    assertThat(ledger.range(Table.STATE, text("c"), text("b"), 10)).isEmpty();
  }

  @Test
  void deletesAnEmptyRangeWithoutHarm() {
    put(Table.STATE, "a", "1");

    ledger.commit(new WriteSet(List.of(new Write.DeleteRange(Table.STATE, text("b"), text("a")))));

    assertThat(all(Table.STATE)).hasSize(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void floorIsTheGreatestKeyThatIsNotAbove() {
    put(Table.BLOCK, "b", "1");
    put(Table.BLOCK, "d", "2");

    assertThat(ledger.floor(Table.BLOCK, text("a"))).isEmpty();
    assertThat(ledger.floor(Table.BLOCK, text("b"))).map(Entry::value).hasValue(text("1"));
    assertThat(ledger.floor(Table.BLOCK, text("c"))).map(Entry::value).hasValue(text("1"));
    assertThat(ledger.floor(Table.BLOCK, text("e"))).map(Entry::value).hasValue(text("2"));
  }

  @Test
  void countsEachSyncedWriteAndItsBytes() {
    put(Table.STATE, "a", "x".repeat(1000));
    put(Table.STATE, "b", "x".repeat(1000));

    assertThat(store.syncCount()).isEqualTo(2);
    assertThat(store.bytesWritten()).isBetween(2000L, 2200L);
  }

  @Test
  @Tag("fault-56")
  void aWriterOfAnOlderEpochIsFenced() throws RefusedStart {
    put(Table.META, "writer", "first");

    store.raiseWriterEpoch();

    assertThatThrownBy(() -> put(Table.META, "writer", "fenced")).isInstanceOf(StaleWriter.class);
    assertThat(ledger.get(Table.META, text("writer"))).hasValue(text("first"));
    ledger = store.ledger();
    put(Table.META, "writer", "second");
    assertThat(ledger.get(Table.META, text("writer"))).hasValue(text("second"));
    assertThat(failures).isEmpty();
  }

  @Test
  @Tag("fault-56")
  void aRaisedWriterEpochIsDurable() throws RefusedStart {
    long raised = store.raiseWriterEpoch();
    store.close();

    reopen();

    assertThat(store.writerEpoch()).isEqualTo(raised + 1);
  }

  @Test
  @Tag("fault-48")
  void nothingIsAcknowledgedAfterAFailureAndTheNodeIsToldOnce() {
    put(Table.META, "a", "1");
    var cause = new IOException("the journal has failed");

    store.failStop(cause);
    store.failStop(new IOException("and again"));

    assertThatThrownBy(() -> put(Table.META, "a", "2")).isInstanceOf(StoreFailed.class);
    assertThatThrownBy(() -> ledger.get(Table.META, text("a"))).isInstanceOf(StoreFailed.class);
    assertThatThrownBy(store::raiseWriterEpoch).isInstanceOf(StoreFailed.class);
    assertThat(failures).containsExactly(cause);
  }

  @Test
  void aClosedStoreRefusesEverything() {
    store.close();
    store.close();

    assertThatThrownBy(() -> put(Table.META, "a", "1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> all(Table.META)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writesOfManyThreadsAreAllThere() throws RefusedStart {
    var writers =
        IntStream.range(0, 8)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(() -> putMany(writer), Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);

    CompletableFuture.allOf(writers).join();
    store.close();
    reopen();

    assertThat(all(Table.RESULT)).hasSize(8 * 50);
  }

  private void putMany(int writer) {
    for (int i = 0; i < 50; i++) {
      put(Table.RESULT, writer + "-" + i, "value");
    }
  }

  private void reopen() throws RefusedStart {
    store = replica.open(failures::add);
    ledger = store.ledger();
  }

  private void put(Table table, String key, String value) {
    ledger.commit(new WriteSet(List.of(new Write.Put(table, text(key), text(value)))));
  }

  private List<Entry> all(Table table) {
    return ledger.range(table, Bytes.EMPTY, text("~"), 10_000);
  }

  private static List<String> keys(List<Entry> entries) {
    return entries.stream()
        .map(
            entry -> new String(entry.key().toByteArray(), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }
}
