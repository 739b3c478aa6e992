package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The replicas of a validator in one PostgreSQL database, which all its processes reach. Whoever
 * opens a replica takes it over from whoever had it (protocol 7.20 V1, V2): what either has
 * promised is there for the other, and only the newest can add to it. A replica is made once, by
 * {@link #init} or with its charter, and by nothing else (protocol RE1).
 */
public final class PostgresReplicas implements ReplicaStores {

  /** Of each replica; the bytes of records that execution reads. */
  private static final long CACHE_BYTES_MAX = 16L << 20;

  /** Of the ledger and of the validator in the name of a connection. */
  private static final int NAME_DIGITS = 12;

  private static final String MAKE =
      "insert into replica (ledger, validator, token, origin, format) values (?, ?, ?, ?, ?)"
          + " on conflict (ledger, validator) do nothing returning id";

  private static final String FIND =
      "select id, validator, token, origin, format from replica where ledger = ?";

  private static final String TAKE_OVER =
      "update replica set writer_epoch = writer_epoch + 1, holder = ?, taken_at = now()"
          + " where id = ? returning writer_epoch";

  private static final String CHARTERS =
      "select ledger, case when length(content) <= ? then content end from ledger_charter"
          + " join replica on replica.id = ledger_charter.replica where validator = ?";

  private final PostgresAccess access;
  private final PublicKey validator;
  private final long cacheBytesMax;

  /**
   * Those in the database of a validator; nothing is asked of it yet.
   *
   * @param validator whose replicas they are
   */
  public PostgresReplicas(PostgresAccess access, PublicKey validator) {
    this(access, validator, CACHE_BYTES_MAX);
  }

  PostgresReplicas(PostgresAccess access, PublicKey validator, long cacheBytesMax) {
    this.access = access;
    this.validator = validator;
    this.cacheBytesMax = cacheBytesMax;
  }

  /**
   * Makes the replica of the network's first ledger, and the tables if there are none; for a
   * validator that has never spoken.
   *
   * @throws RefusedStart if it was made before, or the server is not fit to hold it
   */
  public NodeIdentity init(LedgerId ledger) throws RefusedStart {
    return make(ledger, Optional.empty());
  }

  @Override
  public void create(LedgerId ledger, Bytes charter) throws IOException {
    try {
      make(ledger, Optional.of(charter));
    } catch (RefusedStart refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  @Override
  public Map<LedgerId, Bytes> charters(int bytesMax) throws IOException {
    var charters = new TreeMap<LedgerId, Bytes>();
    try (var connection = access.dataSource(shortName()).getConnection()) {
      if (PostgresSchema.version(connection) == 0) {
        return charters;
      }
      try (var query = connection.prepareStatement(CHARTERS)) {
        query.setInt(1, bytesMax);
        query.setBytes(2, validator.value().toByteArray());
        try (var answer = query.executeQuery()) {
          while (answer.next()) {
            var ledger = new LedgerId(Bytes.owning(answer.getBytes(1)));
            var content = answer.getBytes(2);
            if (content == null) {
              throw new IOException("the charter of " + ledger + " is longer than any charter");
            }
            charters.put(ledger, Bytes.owning(content));
          }
        }
      }
    } catch (SQLException failed) {
      throw new IOException("the database " + access + ": " + failed.getMessage(), failed);
    }
    return charters;
  }

  @Override
  public NodeStore open(LedgerId ledger, StoreMemory memory, Consumer<Throwable> onFailure)
      throws RefusedStart {
    var failStop = new FailStop(onFailure);
    try {
      var connections = PostgresConnections.open(access, nameOf(ledger), failStop::trip);
      try {
        return open(ledger, connections, failStop);
      } catch (SQLException | RefusedStart | RuntimeException refused) {
        connections.close();
        throw refused;
      }
    } catch (SQLException failed) {
      throw unreachable(failed);
    }
  }

  private NodeStore open(LedgerId ledger, PostgresConnections connections, FailStop failStop)
      throws SQLException, RefusedStart {
    PostgresServer server;
    Found found;
    try (var connection = connections.take()) {
      server = requireFit(connection);
      found = find(ledger, server, connection);
    }
    long epoch;
    try (var connection = connections.take()) {
      epoch = takeOver(found.id(), server, connection);
    }
    // Only from here on may anything be read: before, the last holder could still write.
    var records =
        new PostgresRecords(
            connections,
            new PostgresRecords.Replica(found.id(), server.synchronousCommit()),
            epoch,
            new RecordCache(cacheBytesMax));
    return new NodeStore(
        records, new NodeIdentity.Record(found.identity(), epoch), failStop, () -> {}, false);
  }

  private record Found(long id, NodeIdentity identity) {}

  private NodeIdentity make(LedgerId ledger, Optional<Bytes> charter) throws RefusedStart {
    var token = new byte[NodeIdentity.TOKEN_LENGTH];
    new SecureRandom().nextBytes(token);
    var identity = new NodeIdentity(ledger, validator, Bytes.owning(token));
    try (var connection = access.dataSource(nameOf(ledger)).getConnection()) {
      var server = inspect(connection);
      connection.setAutoCommit(false);
      PostgresRecords.setSynchronousCommit(connection, server.synchronousCommit());
      PostgresSchema.update(connection);
      long id = insert(identity, server, connection);
      if (charter.isPresent()) {
        insertCharter(id, charter.get(), connection);
      }
      PostgresRecords.commit(connection);
      return identity;
    } catch (SQLException failed) {
      throw unreachable(failed);
    }
  }

  private long insert(NodeIdentity identity, PostgresServer server, Connection connection)
      throws SQLException, RefusedStart {
    try (var statement = connection.prepareStatement(MAKE)) {
      statement.setBytes(1, identity.ledger().value().toByteArray());
      statement.setBytes(2, validator.value().toByteArray());
      statement.setBytes(3, identity.token().toByteArray());
      statement.setString(4, server.origin());
      statement.setInt(5, NodeIdentity.FORMAT);
      try (var answer = statement.executeQuery()) {
        if (answer.next()) {
          return answer.getLong(1);
        }
      }
    }
    connection.rollback();
    throw refused(new StartFault.AlreadyInitialised(access.toString(), identity.ledger()));
  }

  private static void insertCharter(long replica, Bytes charter, Connection connection)
      throws SQLException {
    var insert = "insert into ledger_charter (replica, content) values (?, ?)";
    try (var statement = connection.prepareStatement(insert)) {
      statement.setLong(1, replica);
      statement.setBytes(2, charter.toByteArray());
      statement.executeUpdate();
    }
  }

  private PostgresServer requireFit(Connection connection) throws SQLException, RefusedStart {
    var server = inspect(connection);
    int version = PostgresSchema.version(connection);
    if (version == 0) {
      throw refused(new StartFault.NoReplica(access.toString()));
    }
    if (version != PostgresSchema.VERSION) {
      throw refused(new StartFault.UnknownFormat(String.valueOf(version), PostgresSchema.VERSION));
    }
    return server;
  }

  private PostgresServer inspect(Connection connection) throws SQLException, RefusedStart {
    var faults = new ArrayList<StartFault>();
    var server = PostgresServer.inspect(connection, faults);
    if (!faults.isEmpty()) {
      throw new RefusedStart(faults);
    }
    return server;
  }

  /** The row of a replica, whose columns never change once it was made, but for the fence. */
  private Found find(LedgerId ledger, PostgresServer server, Connection connection)
      throws SQLException, RefusedStart {
    StartFault fault = new StartFault.NoReplica(access.toString());
    try (var query = connection.prepareStatement(FIND)) {
      query.setBytes(1, ledger.value().toByteArray());
      try (var answer = query.executeQuery()) {
        while (answer.next()) {
          var holder = new PublicKey(Bytes.owning(answer.getBytes(2)));
          if (!holder.equals(validator)) {
            fault = new StartFault.ForeignKey(validator, holder);
          } else if (answer.getInt(5) != NodeIdentity.FORMAT) {
            throw refused(new StartFault.UnknownFormat(answer.getString(5), NodeIdentity.FORMAT));
          } else if (answer.getString(4).equals(server.origin())) {
            var token = Bytes.owning(answer.getBytes(3));
            return new Found(answer.getLong(1), new NodeIdentity(ledger, validator, token));
          } else {
            throw refused(new StartFault.ForeignOrigin(answer.getString(4), server.origin()));
          }
        }
      }
    }
    throw refused(fault);
  }

  private long takeOver(long replica, PostgresServer server, Connection connection)
      throws SQLException, RefusedStart {
    connection.setAutoCommit(false);
    PostgresRecords.setSynchronousCommit(connection, server.synchronousCommit());
    long epoch;
    try (var update = connection.prepareStatement(TAKE_OVER)) {
      update.setString(1, PostgresAccess.holder());
      update.setLong(2, replica);
      try (var answer = update.executeQuery()) {
        if (!answer.next()) {
          throw refused(new StartFault.NoReplica(access.toString()));
        }
        epoch = answer.getLong(1);
      }
    }
    PostgresRecords.commit(connection);
    return epoch;
  }

  /** What the server shows of a connection. */
  private String nameOf(LedgerId ledger) {
    return ledger.hex().substring(0, NAME_DIGITS) + "/" + shortName();
  }

  private String shortName() {
    return validator.hex().substring(0, NAME_DIGITS);
  }

  private RefusedStart unreachable(SQLException failed) {
    return refused(
        new StartFault.Unreachable(access.toString(), String.valueOf(failed.getMessage())));
  }

  private static RefusedStart refused(StartFault fault) {
    return new RefusedStart(List.of(fault));
  }
}
