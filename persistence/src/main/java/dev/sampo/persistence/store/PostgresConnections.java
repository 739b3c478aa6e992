package dev.sampo.persistence.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The connections of one replica: a fixed number, all opened before the take-over, and none ever
 * replaced. A server that crashes forgets the newest unsynced writes, and all its connections end
 * with it. A store that went on over a new connection would then rest synced writes upon lost ones;
 * so the first lost connection ends the store, and what is there is read again.
 */
final class PostgresConnections implements AutoCloseable {

  /** As many threads of a replica write: promises, batches, blocks; and one reads meanwhile. */
  static final int COUNT = 4;

  private static final long WAIT_SECONDS_MAX = 30;
  private static final long KEEP_ALIVE_SECONDS = 30;

  private final HikariDataSource pool;
  private final Unreplaced source;

  private PostgresConnections(HikariDataSource pool, Unreplaced source) {
    this.pool = pool;
    this.source = source;
  }

  /**
   * Opens all connections.
   *
   * @param purpose which the server shows
   * @param onLost told when one is lost and another would have to take its place
   */
  static PostgresConnections open(PostgresAccess access, String purpose, Consumer<Throwable> onLost)
      throws SQLException {
    var source = new Unreplaced(access.dataSource(purpose), onLost);
    var config = new HikariConfig();
    config.setPoolName("sampo-replica");
    config.setDataSource(source);
    config.setMaximumPoolSize(COUNT);
    config.setMinimumIdle(COUNT);
    config.setMaxLifetime(0);
    config.setIdleTimeout(0);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(WAIT_SECONDS_MAX));
    config.setKeepaliveTime(TimeUnit.SECONDS.toMillis(KEEP_ALIVE_SECONDS));
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException failed) {
      throw failed.getCause() instanceof SQLException cause ? cause : new SQLException(failed);
    }
    try {
      fill(pool);
      source.isFull = true;
      return new PostgresConnections(pool, source);
    } catch (SQLException | RuntimeException failed) {
      pool.close();
      throw failed;
    }
  }

  private static void fill(HikariDataSource pool) throws SQLException {
    var all = new ArrayDeque<Connection>();
    try {
      while (all.size() < COUNT) {
        all.push(pool.getConnection());
      }
    } finally {
      for (var connection : all) {
        connection.close();
      }
    }
  }

  /** One of them, which commits each statement on its own; waits while all are used. */
  Connection take() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void close() {
    source.isClosed = true;
    pool.close();
  }

  /** Opens connections until there are enough of them. */
  private static final class Unreplaced implements DataSource {

    private final DataSource source;
    private final Consumer<Throwable> onLost;
    private volatile boolean isFull;
    private volatile boolean isClosed;

    Unreplaced(DataSource source, Consumer<Throwable> onLost) {
      this.source = source;
      this.onLost = onLost;
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (isFull) {
        var lost = new SQLException("a connection to the database was lost", "08006");
        if (!isClosed) {
          onLost.accept(lost);
        }
        throw lost;
      }
      return source.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException("each replica has one user");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
      return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
      return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return source.isWrapperFor(type);
    }
  }
}
