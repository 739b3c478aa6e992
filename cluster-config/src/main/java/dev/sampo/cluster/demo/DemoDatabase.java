package dev.sampo.cluster.demo;

import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.persistence.store.PostgresAccess;
import dev.sampo.persistence.store.PostgresReplicas;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * The PostgreSQL server of a demo; each validator has a schema of its own, which stands in for a
 * database of its own.
 *
 * @param url of JDBC, without user and password
 * @param passwordFile of that user, which only its owner may read
 */
public record DemoDatabase(String url, String user, Path passwordFile) {

  StorageSection.Postgresql storage(String validator) {
    return new StorageSection.Postgresql(urlOf(validator), user, passwordFile);
  }

  private String urlOf(String validator) {
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + validator;
  }

  /** Makes what is missing of a validator's replicas; what is there stays. */
  void prepare(String validator, PublicKey key, LedgerId first, List<LedgerCharter> charters)
      throws IOException {
    String password = Files.readString(passwordFile).strip();
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + validator);
    } catch (SQLException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "the database " + url + ": " + failed.getMessage(), failed);
    }
    var access = new PostgresAccess(urlOf(validator), user, password);
    var replicas = new PostgresReplicas(access, key);
    init(replicas, first);
    var made = replicas.charters(LedgerCharter.ENCODED_BYTES_MAX);
    for (var charter : charters) {
      boolean isMember = charter.genesis().validators().indexOf(key).isPresent();
      if (isMember && !made.containsKey(charter.genesis().ledgerId())) {
        replicas.create(charter.genesis().ledgerId(), charter.encoded());
      }
    }
  }

  /** The id of a demo's ledger is its own: what was made before was made by this demo. */
  private static void init(PostgresReplicas replicas, LedgerId first) {
    try {
      var _ = replicas.init(first);
    } catch (RefusedStart refused) {
      if (!refused.faults().stream().allMatch(StartFault.AlreadyInitialised.class::isInstance)) {
        throw new CommandFailed(ExitCode.FAILED, String.valueOf(refused.getMessage()), refused);
      }
    }
  }
}
