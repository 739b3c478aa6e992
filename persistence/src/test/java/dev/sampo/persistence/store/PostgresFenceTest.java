package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.MEMORY;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol V2: a take-over and a write at the same time, each stopped in its middle. */
@Tag("fault-24")
@Tag("fault-56")
class PostgresFenceTest {

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private PublicKey validator;
  private PostgresReplicas replicas;

  @BeforeEach
  void init() throws RefusedStart {
    validator = Databases.anyValidator();
    replicas = new PostgresReplicas(Databases.access(), validator);
    replicas.init(LEDGER);
  }

  @Test
  @DisplayName("V2: who takes over waits for a write that has the fence, and then reads it")
  void aWriteThatHasTheFenceComesBeforeTheTakeOver() throws Exception {
    try (var older = open();
        var blocker = Databases.connect()) {
      older.write(older.writerEpoch(), List.of(put("before")));
      blocker.setAutoCommit(false);
      lockRecord("before", blocker);
      // Has the row of the replica for sharing, and waits for the record.
      var write =
          CompletableFuture.runAsync(
              () -> write(older, put("before"), put("promise")), Thread::startVirtualThread);
      awaitWaiting("insert into replica_record%");

      var takeOver = CompletableFuture.supplyAsync(this::open, Thread::startVirtualThread);
      awaitWaiting("update replica %");
      assertThat(takeOver).isNotDone();
      blocker.commit();

      write.join();
      try (var newer = takeOver.join()) {
        assertThat(newer.get(Family.META, text("promise"))).hasValue(text("promise"));
        assertThatThrownBy(() -> write(older, put("late"))).isInstanceOf(StaleWriter.class);
        assertThat(newer.get(Family.META, text("late"))).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("V2: a write that finds a take-over under way waits for it, and writes nothing")
  void aWriteThatComesAfterATakeOverIsNotDone() throws Exception {
    try (var older = open();
        var newer = Databases.connect()) {
      newer.setAutoCommit(false);
      try (var update =
          newer.prepareStatement(
              "update replica set writer_epoch = writer_epoch + 1 where validator = ?")) {
        update.setBytes(1, validator.value().toByteArray());
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
      var write =
          CompletableFuture.runAsync(
              () -> write(older, put("promise")), Thread::startVirtualThread);
      awaitWaiting("select set_config%");
      assertThat(write).isNotDone();

      newer.commit();

      assertThatThrownBy(write::join).hasCauseInstanceOf(StaleWriter.class);
      assertThat(failures).singleElement().isInstanceOf(StaleWriter.class);
    }
    try (var next = open()) {
      assertThat(next.get(Family.META, text("promise"))).isEmpty();
    }
  }

  private void lockRecord(String key, Connection connection) throws SQLException {
    var lock =
        "select 1 from replica_record join replica on replica.id = replica"
            + " where validator = ? and key = ? for update of replica_record";
    try (var statement = connection.prepareStatement(lock)) {
      statement.setBytes(1, validator.value().toByteArray());
      statement.setBytes(2, text(key).toByteArray());
      assertThat(statement.executeQuery().next()).isTrue();
    }
  }

  /** Until a session of this replica waits for a lock with such a statement. */
  private void awaitWaiting(String statement) {
    await().until(() -> waiting(statement) > 0);
  }

  private int waiting(String statement) throws SQLException {
    var count =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and query like ? and application_name = ?";
    try (var connection = Databases.connect();
        var query = connection.prepareStatement(count)) {
      query.setString(1, statement);
      query.setString(2, Databases.nameOf(validator));
      var answer = query.executeQuery();
      answer.next();
      return answer.getInt(1);
    }
  }

  private NodeStore open() {
    try {
      return replicas.open(LEDGER, MEMORY, failures::add);
    } catch (RefusedStart refused) {
      throw new AssertionError(refused);
    }
  }

  private static void write(NodeStore store, Change... changes) {
    store.write(store.writerEpoch(), List.of(changes));
  }

  private static Change put(String key) {
    Bytes value = text(key);
    return new Change.Put(Family.META, value, value);
  }
}
