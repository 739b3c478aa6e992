package dev.sampo.persistence.store;

import dev.sampo.core.types.PublicKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** PostgreSQL servers for tests: one for all tests of a process, which keeps what it confirms. */
public final class Databases {

  static final String USER = "postgres";

  private Databases() {}

  /** Started by the first test that needs it, and stopped with the process. */
  private static final class Shared {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return durable().start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** As operators have to run it; what the library starts by itself may forget. */
  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("shared_buffers", "32MB")
        .setServerConfig("max_connections", "200");
  }

  /** A server of the test's own, which finds what an earlier one has left in {@code folder}. */
  static EmbeddedPostgres start(Path folder, int port, boolean isDurable) throws IOException {
    var builder = isDurable ? durable() : EmbeddedPostgres.builder();
    return builder
        .setPort(port)
        .setOverrideWorkingDirectory(folder.toFile())
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  public static PostgresAccess access() {
    return access(Shared.SERVER.getPort());
  }

  static PostgresAccess access(int port) {
    return new PostgresAccess("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "unused");
  }

  static int port() {
    return Shared.SERVER.getPort();
  }

  /** For what no replica does. */
  static Connection connect() throws SQLException {
    return access().dataSource("test").getConnection();
  }

  static void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the server calls the connections of a replica of {@link Directories#LEDGER}. */
  static String nameOf(PublicKey validator) {
    return "sampo "
        + Directories.LEDGER.hex().substring(0, 12)
        + "/"
        + validator.hex().substring(0, 12);
  }

  /** A validator that has no replica in the database yet. */
  public static PublicKey anyValidator() {
    var name = UUID.randomUUID().toString().replace("-", "");
    return PublicKey.fromHex(name + name);
  }
}
