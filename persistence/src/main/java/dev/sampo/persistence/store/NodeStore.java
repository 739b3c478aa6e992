package dev.sampo.persistence.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a replica keeps: the ledger's tables, and the journal of its promises. A write
 * changes several families or nothing. Thread-safe; every call may block on the disk.
 *
 * <p>The first failure is final (faults 47, 48): all later calls throw {@link StoreFailed}, and the
 * handler given to {@link ReplicaStores#open} is called once. So is a take-over by another process
 * (protocol V1), but then they throw {@link StaleWriter}.
 */
public final class NodeStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);

  /** Keys that are read for a filter before the store may close, or be fenced. */
  private static final int FILTERED_AT_ONCE = 1024;

  private final RecordStore records;
  private final NodeIdentity identity;
  private final FailStop failStop;
  private final Closeable directoryLock;
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
      RecordStore records,
      NodeIdentity.Record record,
      FailStop failStop,
      Closeable directoryLock,
      boolean afterLoss) {
    this.afterLoss = afterLoss;
    this.records = records;
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
    return new StoredTables(this, writerEpoch());
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
      return using(
          () -> {
            records.raise(new NodeIdentity.Record(identity, raised));
            writerEpoch = raised;
            return raised;
          });
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
          return records.get(family, bytes);
        });
  }

  /** At most {@code limit} entries with {@code from <= key < to}, in ascending order of keys. */
  public List<Entry> range(Family family, Bytes from, Bytes to, int limit) {
    return using(() -> records.range(family, from, to, limit));
  }

  /** The entry with the greatest key that is at most {@code key}. */
  public Optional<Entry> floor(Family family, Bytes key) {
    return using(() -> records.floor(family, key));
  }

  /**
   * Writes all of {@code changes} or nothing; on disk when this returns.
   *
   * @param epoch that of the writer
   * @throws StaleWriter if a newer writer has taken over; nothing is written
   */
  public void write(long epoch, List<Change> changes) {
    bytes.add(using(() -> write(epoch, changes, true)));
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
    bytes.add(using(() -> write(epoch, changes, false)));
  }

  /** How many synced writes were made since the store was opened. */
  public long syncCount() {
    return syncs.sum();
  }

  /** How many bytes were written to the log since the store was opened. */
  public long bytesWritten() {
    return bytes.sum();
  }

  /** How many bytes of records it keeps in the heap; 0 where the cache is outside. */
  public long cachedBytes() {
    return records.cachedBytes();
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
      records.close();
      directoryLock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot release the lock of a data directory", failed);
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private long write(long epoch, List<Change> changes, boolean isSynced)
      throws RocksDBException, SQLException, WriterFenced {
    if (epoch != writerEpoch) {
      throw new StaleWriter("writer epoch " + epoch + ", but now it is " + writerEpoch);
    }
    changes.forEach(this::takeKey);
    long written = records.write(changes, isSynced);
    if (dedupeKeys.claimRenewal()) {
      Thread.ofPlatform().daemon().name("sampo-key-filter").start(this::renewKeyFilter);
    }
    return written;
  }

  private void takeKey(Change change) {
    switch (change) {
      case Change.Put(var family, var key, _) -> takeKey(family, key);
      case Change.Insert(var family, var key, _) -> takeKey(family, key);
      case Change.Delete _, Change.DeleteRange _ -> {}
    }
  }

  private void takeKey(Family family, Bytes key) {
    if (family == Family.DEDUPE) {
      dedupeKeys.take(key);
    }
  }

  /** Ends early with the store, whose failure its handler has heard of. */
  private void renewKeyFilter() {
    try {
      long expected = using(() -> records.estimatedKeys(Family.DEDUPE));
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
    } catch (StoreFailed | StaleWriter | IllegalStateException ended) {
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
    return using(() -> records.keysAfter(Family.DEDUPE, last, FILTERED_AT_ONCE));
  }

  @FunctionalInterface
  private interface Use<T> {
    T run() throws RocksDBException, SQLException, WriterFenced;
  }

  private <T> T using(Use<T> use) {
    boolean isFirst;
    Throwable failure;
    lifecycle.readLock().lock();
    try {
      requireUsable();
      T result = use.run();
      // What was written at the same time as another write failed is not acknowledged either.
      failStop.requireSound();
      return result;
    } catch (RocksDBException | SQLException failed) {
      failure = failed;
      isFirst = failStop.mark(failed);
    } catch (WriterFenced fenced) {
      failure = new StaleWriter(String.valueOf(fenced.getMessage()));
      isFirst = failStop.mark(failure);
    } finally {
      lifecycle.readLock().unlock();
    }
    if (isFirst) {
      failStop.tell(failure);
    }
    throw FailStop.refusal(failure);
  }

  private void requireUsable() {
    failStop.requireSound();
    if (isClosed) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
