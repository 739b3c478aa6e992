package dev.sampo.persistence.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a node keeps on disk: the ledger's tables, and the journal of its promises. All
 * families share one write-ahead log, so that one sync makes a write to any of them durable, and
 * writers that come at the same time share a sync. Thread-safe; every call may block on the disk.
 *
 * <p>The first failure is final (faults 47, 48): all later calls throw {@link StoreFailed}, and the
 * handler given to {@link NodeDirectory#open} is called once.
 */
public final class NodeStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);

  /** Keys that are read for a filter before the store may close, or be fenced. */
  private static final int FILTERED_AT_ONCE = 1024;

  private final RocksInstance rocks;
  private final NodeIdentity identity;
  private final FailStop failStop;
  private final DirectoryLock directoryLock;
  private final LongAdder syncs = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** For the family that is asked for a key of each new transaction, several times, and in vain. */
  private final KeyFilter dedupeKeys = new KeyFilter();

  /** Held for reading by every use, so that nothing native is released while it is used. */
  private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

  private final boolean afterLoss;
  private long writerEpoch;
  private boolean isClosed;

  NodeStore(
      RocksInstance rocks,
      NodeIdentity.Record record,
      FailStop failStop,
      DirectoryLock directoryLock,
      boolean afterLoss) {
    this.afterLoss = afterLoss;
    this.rocks = rocks;
    this.identity = record.identity();
    this.writerEpoch = record.writerEpoch();
    this.failStop = failStop;
    this.directoryLock = directoryLock;
  }

  public NodeIdentity identity() {
    return identity;
  }

  /** RE1: whether its validator has lost an earlier directory, and with it what it promised. */
  public boolean isAfterLoss() {
    return afterLoss;
  }

  /** The ledger's tables, written under the writer epoch of now. */
  public LedgerStore ledger() {
    return new RocksLedgerStore(this, writerEpoch());
  }

  /** The epoch that a write has to carry; goes up by one at each open and at each take-over. */
  public long writerEpoch() {
    lifecycle.readLock().lock();
    try {
      return writerEpoch;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * Fences all writers so far (protocol V1): their writes fail from here on. Returns the new epoch.
   */
  public long raiseWriterEpoch() {
    lifecycle.writeLock().lock();
    try {
      long raised = Math.addExact(writerEpoch, 1);
      var record = new NodeIdentity.Record(identity, raised);
      var put = new Change.Put(Family.IDENTITY, NodeIdentity.Record.KEY, record.encode());
      write(writerEpoch, List.of(put));
      writerEpoch = raised;
      return raised;
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  public Optional<Bytes> get(Family family, Bytes key) {
    return using(
        () -> {
          var bytes = key.toByteArray();
          if (family == Family.DEDUPE && !dedupeKeys.mayHold(bytes)) {
            return Optional.empty();
          }
          return Optional.ofNullable(rocks.database().get(rocks.handle(family), bytes))
              .map(Bytes::owning);
        });
  }

  /** At most {@code limit} entries with {@code from <= key < to}, in ascending order of keys. */
  public List<Entry> range(Family family, Bytes from, Bytes to, int limit) {
    return using(
        () -> {
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
        });
  }

  /** The entry with the greatest key that is at most {@code key}. */
  public Optional<Entry> floor(Family family, Bytes key) {
    return using(
        () -> {
          try (var iterator = rocks.database().newIterator(rocks.handle(family))) {
            iterator.seekForPrev(key.toByteArray());
            iterator.status();
            return iterator.isValid() ? Optional.of(entryAt(iterator)) : Optional.empty();
          }
        });
  }

  /**
   * Writes all of {@code changes} or nothing; on disk when this returns.
   *
   * @param epoch that of the writer
   * @throws StaleWriter if a newer writer has taken over; nothing is written
   */
  public void write(long epoch, List<Change> changes) {
    bytes.add(using(() -> write(epoch, changes, rocks.synced())));
    syncs.increment();
  }

  /**
   * Writes all of {@code changes} or nothing; visible when this returns, and on disk with the next
   * {@link #write} at the latest, since all writes share one log.
   *
   * @param epoch that of the writer
   * @throws StaleWriter if a newer writer has taken over; nothing is written
   */
  public void defer(long epoch, List<Change> changes) {
    bytes.add(using(() -> write(epoch, changes, rocks.unsynced())));
  }

  /** How many synced writes were made since the store was opened. */
  public long syncCount() {
    return syncs.sum();
  }

  /** How many bytes were written to the log since the store was opened. */
  public long bytesWritten() {
    return bytes.sum();
  }

  /** Whether absent keys of the dedupe set are told apart without the database. */
  boolean isFiltering() {
    return dedupeKeys.isComplete();
  }

  /** Ends all use of the store because of a failure that another part of the node has met. */
  public void failStop(Throwable cause) {
    failStop.trip(cause);
  }

  /** Waits for calls under way, then releases the directory. Later calls are refused. */
  @Override
  public void close() {
    lifecycle.writeLock().lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      rocks.close();
      directoryLock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot release the lock of a data directory", failed);
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private long write(long epoch, List<Change> changes, WriteOptions options)
      throws RocksDBException {
    if (epoch != writerEpoch) {
      throw new StaleWriter("writer epoch " + epoch + ", but now it is " + writerEpoch);
    }
    try (var batch = new WriteBatch()) {
      for (var change : changes) {
        add(change, batch);
      }
      rocks.database().write(options, batch);
      if (dedupeKeys.claimRenewal()) {
        Thread.ofPlatform().daemon().name("sampo-key-filter").start(this::renewKeyFilter);
      }
      return batch.getDataSize();
    }
  }

  /** Ends early with the store, whose failure its handler has heard of. */
  private void renewKeyFilter() {
    try {
      long expected = using(() -> rocks.estimatedKeys(Family.DEDUPE));
      whileNothingIsWritten(() -> dedupeKeys.begin(expected));
      long found = 0;
      var keys = keysAfter(Bytes.EMPTY);
      while (!keys.isEmpty()) {
        keys.forEach(dedupeKeys::found);
        found += keys.size();
        keys = keysAfter(keys.getLast());
      }
      long all = found;
      whileNothingIsWritten(() -> dedupeKeys.complete(all));
    } catch (StoreFailed | IllegalStateException ended) {
      LOG.debug("no new filter for keys: {}", ended.getMessage());
    }
  }

  private void whileNothingIsWritten(Runnable action) {
    lifecycle.writeLock().lock();
    try {
      action.run();
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private List<Bytes> keysAfter(Bytes last) {
    return using(
        () -> {
          var keys = new ArrayList<Bytes>();
          try (var iterator = rocks.database().newIterator(rocks.handle(Family.DEDUPE))) {
            iterator.seek(last.toByteArray());
            if (iterator.isValid() && Bytes.owning(iterator.key()).equals(last)) {
              iterator.next();
            }
            for (; keys.size() < FILTERED_AT_ONCE && iterator.isValid(); iterator.next()) {
              keys.add(Bytes.owning(iterator.key()));
            }
            iterator.status();
          }
          return keys;
        });
  }

  private void add(Change change, WriteBatch batch) throws RocksDBException {
    switch (change) {
      case Change.Put(var family, var key, var value) -> {
        if (family == Family.DEDUPE) {
          dedupeKeys.take(key);
        }
        batch.put(rocks.handle(family), key.toByteArray(), value.toByteArray());
      }
      case Change.Delete(var family, var key) ->
          batch.delete(rocks.handle(family), key.toByteArray());
      case Change.DeleteRange(var family, var from, var to) -> {
        if (from.compareTo(to) < 0) {
          batch.deleteRange(rocks.handle(family), from.toByteArray(), to.toByteArray());
        }
      }
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    T run() throws RocksDBException;
  }

  private <T> T using(Use<T> use) {
    boolean isFirst;
    RocksDBException failure;
    lifecycle.readLock().lock();
    try {
      requireUsable();
      T result = use.run();
      // What was written at the same time as another write failed is not acknowledged either.
      failStop.requireSound();
      return result;
    } catch (RocksDBException failed) {
      failure = failed;
      isFirst = failStop.mark(failed);
    } finally {
      lifecycle.readLock().unlock();
    }
    if (isFirst) {
      failStop.tell(failure);
    }
    throw new StoreFailed(failure);
  }

  private void requireUsable() {
    failStop.requireSound();
    if (isClosed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private static Entry entryAt(RocksIterator iterator) {
    return new Entry(Bytes.owning(iterator.key()), Bytes.owning(iterator.value()));
  }
}
