package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The tables of replicas, made by numbered scripts that are never changed once they were released.
 */
final class PostgresSchema {

  /** The number of the newest script. */
  static final int VERSION = 2;

  /** Whoever changes the tables holds this advisory lock: "sampo" in ASCII. */
  private static final long LOCK = 0x73616d706fL;

  private PostgresSchema() {}

  /** How many scripts were run; 0 in a database that has no tables yet. */
  static int version(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement("select to_regclass('sampo_schema') is not null");
        var answer = query.executeQuery()) {
      answer.next();
      if (!answer.getBoolean(1)) {
        return 0;
      }
    }
    try (var query =
            connection.prepareStatement("select coalesce(max(version), 0) from sampo_schema");
        var answer = query.executeQuery()) {
      answer.next();
      return answer.getInt(1);
    }
  }

  /** Runs the scripts that are missing, in the transaction of the caller. */
  static void update(Connection connection) throws SQLException {
    if (version(connection) >= VERSION) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(
          "create table if not exists sampo_schema"
              + " (version int primary key, run_at timestamptz not null default now())");
      for (int version = version(connection) + 1; version <= VERSION; version++) {
        statement.execute(script(version));
        statement.execute("insert into sampo_schema (version) values (" + version + ")");
      }
    }
  }

  private static String script(int version) {
    var name = "schema-" + version + ".sql";
    try (var script = PostgresSchema.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(script, name).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
