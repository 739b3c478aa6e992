package dev.sampo.persistence.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * Records in an embedded database. All families share one write-ahead log, so that one sync makes a
 * write to any of them durable, and writers that come at the same time share a sync.
 */
final class RocksRecords implements RecordStore {

  private final RocksInstance rocks;

  RocksRecords(RocksInstance rocks) {
    this.rocks = rocks;
  }

  @Override
  public Optional<Bytes> get(Family family, byte[] key) throws RocksDBException {
    return Optional.ofNullable(rocks.database().get(rocks.handle(family), key)).map(Bytes::owning);
  }

  @Override
  public List<Entry> range(Family family, Bytes from, Bytes to, int limit) throws RocksDBException {
    var entries = new ArrayList<Entry>();
    try (var end = new Slice(to.toByteArray());
        var options = new ReadOptions().setIterateUpperBound(end);
        var iterator = rocks.database().newIterator(rocks.handle(family), options)) {
      iterator.seek(from.toByteArray());
      for (; entries.size() < limit && iterator.isValid(); iterator.next()) {
        entries.add(entryAt(iterator));
      }
      iterator.status();
    }
    return entries;
  }

  @Override
  public Optional<Entry> floor(Family family, Bytes key) throws RocksDBException {
    try (var iterator = rocks.database().newIterator(rocks.handle(family))) {
      iterator.seekForPrev(key.toByteArray());
      iterator.status();
      return iterator.isValid() ? Optional.of(entryAt(iterator)) : Optional.empty();
    }
  }

  @Override
  public List<Bytes> keysAfter(Family family, Bytes last, int limit) throws RocksDBException {
    var keys = new ArrayList<Bytes>();
    try (var iterator = rocks.database().newIterator(rocks.handle(family))) {
      iterator.seek(last.toByteArray());
      if (iterator.isValid() && Bytes.owning(iterator.key()).equals(last)) {
        iterator.next();
      }
      for (; keys.size() < limit && iterator.isValid(); iterator.next()) {
        keys.add(Bytes.owning(iterator.key()));
      }
      iterator.status();
    }
    return keys;
  }

  @Override
  public long estimatedKeys(Family family) throws RocksDBException {
    return rocks.estimatedKeys(family);
  }

  @Override
  public long write(List<Change> changes, boolean isSynced) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (var change : changes) {
        add(change, batch);
      }
      rocks.database().write(isSynced ? rocks.synced() : rocks.unsynced(), batch);
      return batch.getDataSize();
    }
  }

  @Override
  public void raise(NodeIdentity.Record raised) throws RocksDBException {
    write(List.of(new Change.Put(Family.IDENTITY, NodeIdentity.Record.KEY, raised.encode())), true);
  }

  /** Its cache is that of {@link StoreMemory}, outside the heap. */
  @Override
  public long cachedBytes() {
    return 0;
  }

  @Override
  public void close() {
    rocks.close();
  }

  private void add(Change change, WriteBatch batch) throws RocksDBException {
    switch (change) {
      case Change.Put(var family, var key, var value) -> put(batch, family, key, value);
      // Nobody else has the database open, so that its one writer knows what is there.
      case Change.Insert(var family, var key, var value) -> put(batch, family, key, value);
      case Change.Delete(var family, var key) ->
          batch.delete(rocks.handle(family), key.toByteArray());
      case Change.DeleteRange(var family, var from, var to) -> {
        if (from.compareTo(to) < 0) {
          batch.deleteRange(rocks.handle(family), from.toByteArray(), to.toByteArray());
        }
      }
    }
  }

  /** The database copies what it is given. */
  private void put(WriteBatch batch, Family family, Bytes key, Bytes value)
      throws RocksDBException {
    key.lend(
        lentKey ->
            value.lend(
                lentValue -> {
                  batch.put(rocks.handle(family), lentKey, lentValue);
                  return batch;
                }));
  }

  private static Entry entryAt(RocksIterator iterator) {
    return new Entry(Bytes.owning(iterator.key()), Bytes.owning(iterator.value()));
  }
}
