package dev.sampo.persistence.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A server as it was found when a replica was opened.
 *
 * @param origin which server, which of its databases, and which time line of its log: a database
 *     that was copied, restored or promoted has another one
 * @param synchronousCommit what a synced write waits for; never nothing
 */
record PostgresServer(String origin, String synchronousCommit) {

  private static final int VERSION_MIN = 140_000;

  private static final String STANDBY = "select pg_is_in_recovery()";

  private static final String SETTINGS =
      "select current_setting('server_version_num')::int, current_setting('server_version'),"
          + " current_setting('fsync'), current_setting('full_page_writes'),"
          + " current_setting('synchronous_commit'),"
          + " (select system_identifier from pg_control_system())"
          + " || '/' || (select oid from pg_database where datname = current_database())"
          + " || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)";

  /** Looks at the server, and adds to {@code faults} why it must not hold a replica. */
  static PostgresServer inspect(Connection connection, List<StartFault> faults)
      throws SQLException {
    try (var query = connection.prepareStatement(STANDBY);
        var answer = query.executeQuery()) {
      answer.next();
      if (answer.getBoolean(1)) {
        faults.add(new StartFault.UnfitServer("is a standby, which takes no writes"));
        return new PostgresServer("", "on");
      }
    }
    try (var query = connection.prepareStatement(SETTINGS);
        var answer = query.executeQuery()) {
      answer.next();
      if (answer.getInt(1) < VERSION_MIN) {
        faults.add(
            new StartFault.UnfitServer("is of version " + answer.getString(2) + ", older than 14"));
      }
      requireOn("fsync", answer.getString(3), faults);
      requireOn("full_page_writes", answer.getString(4), faults);
      requireOn("synchronous_commit", answer.getString(5), faults);
      return new PostgresServer(answer.getString(6), answer.getString(5));
    }
  }

  /** All other values of {@code synchronous_commit} wait for the server's own disk at least. */
  private static void requireOn(String setting, String value, List<StartFault> faults) {
    if (value.equals("off")) {
      faults.add(
          new StartFault.UnfitServer(
              "has " + setting + " = off: what it has confirmed may be gone after a crash"));
    }
  }
}
