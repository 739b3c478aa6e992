package dev.sampo.persistence.store;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How a validator reaches the database of its replicas.
 *
 * @param url as the driver has it, {@code jdbc:postgresql://host/database?sslmode=verify-full}, but
 *     without a user and a password
 * @param password never shown
 */
public record PostgresAccess(String url, String user, String password) {

  private static final int CONNECT_SECONDS_MAX = 10;
  private static final int STATEMENT_SECONDS_MAX = 30;

  /** Longer than a statement may take, so that the server's answer comes first. */
  private static final int ANSWER_SECONDS_MAX = 45;

  /**
   * A writer that stands still within a transaction holds up the take-over by another one, which
   * waits for as long as a statement may take: the server ends it before.
   */
  private static final int STANDSTILL_SECONDS_MAX = 10;

  public PostgresAccess {
    refusalOf(url)
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal);
            });
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
  }

  /** What is wrong with a URL; empty if nothing is. */
  public static Optional<String> refusalOf(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      return Optional.of("not like jdbc:postgresql://host/database");
    }
    return parsed.containsKey("password") || parsed.containsKey("user")
        ? Optional.of("must name neither user nor password")
        : Optional.empty();
  }

  /** Who a replica is said to be held by: this process. */
  static String holder() {
    return ManagementFactory.getRuntimeMXBean().getName();
  }

  /** Of connections for {@code purpose}, which the server shows. */
  PGSimpleDataSource dataSource(String purpose) {
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("sampo " + purpose);
    source.setConnectTimeout(CONNECT_SECONDS_MAX);
    source.setLoginTimeout(CONNECT_SECONDS_MAX);
    source.setSocketTimeout(ANSWER_SECONDS_MAX);
    source.setTcpKeepAlive(true);
    source.setOptions(
        "-c statement_timeout=%ds -c idle_in_transaction_session_timeout=%ds"
            .formatted(STATEMENT_SECONDS_MAX, STANDSTILL_SECONDS_MAX));
    return source;
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
