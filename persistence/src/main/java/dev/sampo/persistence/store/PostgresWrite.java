package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a list of changes comes to: ranges that go, then at most one change of each record, in the
 * order of records, so that two writes of the same records cannot wait for each other in a circle.
 */
final class PostgresWrite {

  private static final String DELETE_RANGE =
      "delete from replica_record where replica = ? and family = ? and key >= ? and key < ?";

  private static final String DELETE =
      "delete from replica_record using unnest(?, ?) as gone (family, key)"
          + " where replica_record.replica = ? and replica_record.family = gone.family"
          + " and replica_record.key = gone.key";

  private static final String INSERT =
      "insert into replica_record (replica, family, key, value)"
          + " select ?, family, key, value from unnest(?, ?, ?) as put (family, key, value)";

  private static final String UPSERT =
      INSERT + " on conflict (replica, family, key) do update set value = excluded.value";

  private static final String UNIQUE_VIOLATION = "23505";

  /** What one statement carries; the server takes messages of up to a gigabyte. */
  private static final long STATEMENT_BYTES_MAX = 8L << 20;

  private final List<Change.DeleteRange> ranges = new ArrayList<>();
  private final Rows deleted = new Rows();
  private final Rows inserted = new Rows();
  private final Rows put = new Rows();
  private long bytes;

  private PostgresWrite() {}

  static PostgresWrite of(List<Change> changes) {
    var write = new PostgresWrite();
    SortedMap<RecordId, Change> last = new TreeMap<>();
    for (var change : changes) {
      switch (change) {
        case Change.Put(var family, var key, _) -> last.put(new RecordId(family, key), change);
        case Change.Insert(var family, var key, _) -> last.put(new RecordId(family, key), change);
        case Change.Delete(var family, var key) -> last.put(new RecordId(family, key), change);
        case Change.DeleteRange range -> {
          if (range.from().compareTo(range.to()) < 0) {
            write.ranges.add(range);
            last.subMap(
                    new RecordId(range.family(), range.from()),
                    new RecordId(range.family(), range.to()))
                .clear();
          }
        }
      }
    }
    last.forEach(write::add);
    return write;
  }

  private void add(RecordId id, Change change) {
    bytes += id.key().length();
    switch (change) {
      case Change.Put(_, _, var value) -> {
        bytes += value.length();
        put.add(id, value);
      }
      case Change.Insert(_, _, var value) -> {
        bytes += value.length();
        inserted.add(id, value);
      }
      case Change.Delete _ -> deleted.add(id, Bytes.EMPTY);
      case Change.DeleteRange range -> throw new IllegalStateException("not one record: " + range);
    }
  }

  /** How many bytes its keys and values have. */
  long bytes() {
    return bytes;
  }

  /**
   * Runs it within the transaction of the caller.
   *
   * @throws WriterFenced if a record that was to be inserted is there
   */
  void run(Connection connection, long replica) throws SQLException, WriterFenced {
    if (!ranges.isEmpty()) {
      deleteRanges(connection, replica);
    }
    for (var part : deleted.parts()) {
      try (var statement = connection.prepareStatement(DELETE)) {
        statement.setArray(1, connection.createArrayOf("int2", part.families));
        statement.setArray(2, connection.createArrayOf("bytea", part.keys));
        statement.setLong(3, replica);
        statement.executeUpdate();
      }
    }
    for (var part : put.parts()) {
      insert(UPSERT, part, connection, replica);
    }
    try {
      for (var part : inserted.parts()) {
        insert(INSERT, part, connection, replica);
      }
    } catch (SQLException failed) {
      if (UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw new WriterFenced("another writer has written a record of the journal");
      }
      throw failed;
    }
  }

  private void deleteRanges(Connection connection, long replica) throws SQLException {
    try (var statement = connection.prepareStatement(DELETE_RANGE)) {
      for (var range : ranges) {
        statement.setLong(1, replica);
        statement.setShort(2, range.family().code());
        statement.setBytes(3, range.from().toByteArray());
        statement.setBytes(4, range.to().toByteArray());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void insert(String sql, Rows.Part part, Connection connection, long replica)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, replica);
      statement.setArray(2, connection.createArrayOf("int2", part.families));
      statement.setArray(3, connection.createArrayOf("bytea", part.keys));
      statement.setArray(4, connection.createArrayOf("bytea", part.values));
      statement.executeUpdate();
    }
  }

  /** Rows in columns, which travel as one array each. */
  private static final class Rows {

    /** The columns of one statement. */
    private static final class Part {
      private final Short[] families;
      private final byte[][] keys;
      private final byte[][] values;

      Part(Rows rows) {
        families = rows.families.toArray(Short[]::new);
        keys = rows.keys.toArray(byte[][]::new);
        values = rows.values.toArray(byte[][]::new);
      }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<Short> families = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long bytes;

    void add(RecordId id, Bytes value) {
      families.add(id.family().code());
      keys.add(id.key().toByteArray());
      values.add(value.toByteArray());
      bytes += id.key().length() + value.length();
      if (bytes >= STATEMENT_BYTES_MAX) {
        cut();
      }
    }

    List<Part> parts() {
      cut();
      return parts;
    }

    private void cut() {
      if (!keys.isEmpty()) {
        parts.add(new Part(this));
        families.clear();
        keys.clear();
        values.clear();
        bytes = 0;
      }
    }
  }
}
