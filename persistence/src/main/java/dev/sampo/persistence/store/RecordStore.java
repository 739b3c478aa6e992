package dev.sampo.persistence.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * The records of one replica as a database keeps them, in families and in the order of their keys.
 * What every database has in common, fail-stop above all, is in {@link NodeStore}, which closes
 * none of these while it is used.
 */
sealed interface RecordStore permits RocksRecords, PostgresRecords {

  Optional<Bytes> get(Family family, byte[] key) throws RocksDBException, SQLException;

  /** At most {@code limit} entries with {@code from <= key < to}, in ascending order of keys. */
  List<Entry> range(Family family, Bytes from, Bytes to, int limit)
      throws RocksDBException, SQLException;

  /** The entry with the greatest key that is at most {@code key}. */
  Optional<Entry> floor(Family family, Bytes key) throws RocksDBException, SQLException;

  /** At most {@code limit} keys that are greater than {@code last}, in ascending order. */
  List<Bytes> keysAfter(Family family, Bytes last, int limit) throws RocksDBException, SQLException;

  /** About how many keys a family has; what was written over or deleted may count. */
  long estimatedKeys(Family family) throws RocksDBException, SQLException;

  /**
   * Writes all of {@code changes} or nothing; visible when this returns.
   *
   * @param isSynced on disk when this returns, or else with the next write that is synced
   * @return how many bytes it took
   * @throws WriterFenced if another process has taken over; nothing is written
   */
  long write(List<Change> changes, boolean isSynced)
      throws RocksDBException, SQLException, WriterFenced;

  /**
   * Makes the writer epoch of {@code raised}, which is the next one, that of this writer, durably.
   *
   * @throws WriterFenced if another process has taken over
   */
  void raise(NodeIdentity.Record raised) throws RocksDBException, SQLException, WriterFenced;

  /** How many bytes of records it keeps in the heap, which are bounded. */
  long cachedBytes();

  void close();
}
