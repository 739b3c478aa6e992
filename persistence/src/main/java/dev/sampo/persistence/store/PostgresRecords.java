package dev.sampo.persistence.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records of one replica in a PostgreSQL database that other processes use as well (protocol 7.20
 * V2). Each write is one transaction, which first locks the replica's row for sharing, if it still
 * has this writer's epoch. A take-over changes that row and so waits for the writes that have it:
 * what they have written is there when the new holder reads, and later ones find another epoch.
 *
 * <p>A failed statement is never tried again, and of a commit without an answer nobody knows
 * whether it was done: {@link NodeStore} ends with either.
 */
final class PostgresRecords implements RecordStore {

  private static final String FENCE =
      "select set_config('synchronous_commit', ?, true) from replica"
          + " where id = ? and writer_epoch = ? for share";

  private static final String RAISE =
      "update replica set writer_epoch = ? where id = ? and writer_epoch = ?";

  private static final String RECORDS = " from replica_record where replica = ? and family = ?";
  private static final String GET = "select value" + RECORDS + " and key = ?";
  private static final String RANGE =
      "select key, value" + RECORDS + " and key >= ? and key < ? order by key limit ?";
  private static final String FLOOR =
      "select key, value" + RECORDS + " and key <= ? order by key desc limit 1";
  private static final String KEYS = "select key" + RECORDS + " and key > ? order by key limit ?";
  private static final String COUNT =
      "select count(*) from (select 1" + RECORDS + " limit ?) as counted";

  /** More keys are not counted, which would take long: the filter of keys has a limit as well. */
  private static final long COUNTED_MAX = 1 << 22;

  private final PostgresConnections connections;
  private final Replica replica;
  private final RecordCache cache;

  /** Held over writes that the cache is told of, so that it hears of them in their order. */
  private final ReentrantLock cachedWrites = new ReentrantLock();

  private volatile long writerEpoch;

  /**
   * A row of the table of replicas.
   *
   * @param synchronousCommit what its synced writes wait for
   */
  record Replica(long id, String synchronousCommit) {}

  PostgresRecords(
      PostgresConnections connections, Replica replica, long writerEpoch, RecordCache cache) {
    this.connections = connections;
    this.replica = replica;
    this.writerEpoch = writerEpoch;
    this.cache = cache;
  }

  @Override
  public Optional<Bytes> get(Family family, byte[] key) throws SQLException {
    return cache.get(new RecordId(family, Bytes.owning(key)), () -> read(family, key));
  }

  private Optional<Bytes> read(Family family, byte[] key) throws SQLException {
    try (var connection = connections.take();
        var query = prepare(connection, GET, family)) {
      query.setBytes(3, key);
      try (var answer = query.executeQuery()) {
        return answer.next() ? Optional.of(Bytes.owning(answer.getBytes(1))) : Optional.empty();
      }
    }
  }

  @Override
  public List<Entry> range(Family family, Bytes from, Bytes to, int limit) throws SQLException {
    try (var connection = connections.take();
        var query = prepare(connection, RANGE, family)) {
      query.setBytes(3, from.toByteArray());
      query.setBytes(4, to.toByteArray());
      query.setInt(5, limit);
      return entries(query);
    }
  }

  @Override
  public Optional<Entry> floor(Family family, Bytes key) throws SQLException {
    try (var connection = connections.take();
        var query = prepare(connection, FLOOR, family)) {
      query.setBytes(3, key.toByteArray());
      return entries(query).stream().findFirst();
    }
  }

  @Override
  public List<Bytes> keysAfter(Family family, Bytes last, int limit) throws SQLException {
    try (var connection = connections.take();
        var query = prepare(connection, KEYS, family)) {
      query.setBytes(3, last.toByteArray());
      query.setInt(4, limit);
      var keys = new ArrayList<Bytes>();
      try (var answer = query.executeQuery()) {
        while (answer.next()) {
          keys.add(Bytes.owning(answer.getBytes(1)));
        }
      }
      return keys;
    }
  }

  @Override
  public long estimatedKeys(Family family) throws SQLException {
    try (var connection = connections.take();
        var query = prepare(connection, COUNT, family)) {
      query.setLong(3, COUNTED_MAX);
      try (var answer = query.executeQuery()) {
        answer.next();
        return answer.getLong(1);
      }
    }
  }

  @Override
  public long write(List<Change> changes, boolean isSynced) throws SQLException, WriterFenced {
    var write = PostgresWrite.of(changes);
    if (!cache.concerns(changes)) {
      fenced(isSynced, connection -> write.run(connection, replica.id()));
      return write.bytes();
    }
    cachedWrites.lock();
    try {
      fenced(isSynced, connection -> write.run(connection, replica.id()));
      cache.written(changes);
    } finally {
      cachedWrites.unlock();
    }
    return write.bytes();
  }

  @Override
  public void raise(NodeIdentity.Record raised) throws SQLException, WriterFenced {
    long mine = writerEpoch;
    try (var connection = connections.take()) {
      connection.setAutoCommit(false);
      setSynchronousCommit(connection, replica.synchronousCommit());
      try (var update = connection.prepareStatement(RAISE)) {
        update.setLong(1, raised.writerEpoch());
        update.setLong(2, replica.id());
        update.setLong(3, mine);
        if (update.executeUpdate() == 0) {
          connection.rollback();
          throw fencedAt(mine);
        }
      }
      commit(connection);
    }
    writerEpoch = raised.writerEpoch();
  }

  @Override
  public long cachedBytes() {
    return cache.bytes();
  }

  @Override
  public void close() {
    connections.close();
  }

  /** What is done under the fence. */
  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException, WriterFenced;
  }

  /**
   * One transaction. An unsynced one does not wait for the disk. The server has one log, and a
   * later synced commit waits until the log is on disk up to its own record, which stands behind
   * this one's: so it makes this one durable as well, and after a crash there is no later write
   * without it.
   */
  private void fenced(boolean isSynced, Work work) throws SQLException, WriterFenced {
    long mine = writerEpoch;
    try (var connection = connections.take()) {
      connection.setAutoCommit(false);
      try (var fence = connection.prepareStatement(FENCE)) {
        fence.setString(1, isSynced ? replica.synchronousCommit() : "off");
        fence.setLong(2, replica.id());
        fence.setLong(3, mine);
        try (var answer = fence.executeQuery()) {
          if (!answer.next()) {
            connection.rollback();
            throw fencedAt(mine);
          }
        }
      }
      work.run(connection);
      commit(connection);
    }
  }

  static void setSynchronousCommit(Connection connection, String value) throws SQLException {
    var set = "select set_config('synchronous_commit', ?, true)";
    try (var statement = connection.prepareStatement(set)) {
      statement.setString(1, value);
      statement.execute();
    }
  }

  /**
   * A server that gives up waiting for its standby reports success all the same, with a warning;
   * then a fail-over could lose what was committed.
   */
  static void commit(Connection connection) throws SQLException {
    connection.clearWarnings();
    connection.commit();
    var warning = connection.getWarnings();
    if (warning != null) {
      throw new SQLException("the server is not certain of a commit", warning);
    }
  }

  private WriterFenced fencedAt(long epoch) {
    return new WriterFenced(
        "another process has taken over the replica since writer epoch " + epoch);
  }

  private PreparedStatement prepare(Connection connection, String sql, Family family)
      throws SQLException {
    var query = connection.prepareStatement(sql);
    query.setLong(1, replica.id());
    query.setShort(2, family.code());
    return query;
  }

  private static List<Entry> entries(PreparedStatement query) throws SQLException {
    var entries = new ArrayList<Entry>();
    try (var answer = query.executeQuery()) {
      while (answer.next()) {
        entries.add(new Entry(Bytes.owning(answer.getBytes(1)), Bytes.owning(answer.getBytes(2))));
      }
    }
    return entries;
  }
}
