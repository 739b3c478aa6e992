package dev.sampo.persistence.store;

import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;

/** The ledger's tables as families of the node's store. */
final class StoredTables implements LedgerStore {

  private final NodeStore store;
  private final long writerEpoch;

  StoredTables(NodeStore store, long writerEpoch) {
    this.store = store;
    this.writerEpoch = writerEpoch;
  }

  @Override
  public Optional<Bytes> get(Table table, Bytes key) {
    return store.get(Family.of(table), key);
  }

  @Override
  public List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
    return store.range(Family.of(table), from, to, limit);
  }

  @Override
  public Optional<Entry> floor(Table table, Bytes key) {
    return store.floor(Family.of(table), key);
  }

  @Override
  public void commit(WriteSet writes) {
    store.write(writerEpoch, changes(writes));
  }

  @Override
  public void defer(WriteSet writes) {
    store.defer(writerEpoch, changes(writes));
  }

  private static List<Change> changes(WriteSet writes) {
    return writes.writes().stream().map(StoredTables::change).toList();
  }

  private static Change change(WriteSet.Write write) {
    return switch (write) {
      case WriteSet.Write.Put(var table, var key, var value) ->
          new Change.Put(Family.of(table), key, value);
      case WriteSet.Write.Delete(var table, var key) -> new Change.Delete(Family.of(table), key);
      case WriteSet.Write.DeleteRange(var table, var from, var to) ->
          new Change.DeleteRange(Family.of(table), from, to);
    };
  }
}
