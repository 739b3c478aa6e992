package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.MEMORY;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol 7.19 W1, 7.20 V1 and V2: replicas that several processes may open. */
class PostgresReplicasTest {

  private static final LedgerId OTHER = LedgerId.fromHex("ee".repeat(32));
  private static final int BYTES_MAX = 64;

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
  @Tag("fault-24")
  @Tag("fault-56")
  @DisplayName("V1: of two who open a replica the older can promise nothing more")
  void whoeverOpensItLastIsTheOneWriter() throws RefusedStart {
    try (var older = open(failures);
        var newer = open()) {
      newer.write(newer.writerEpoch(), List.of(put("promise", "newer")));

      assertThatThrownBy(() -> older.write(older.writerEpoch(), List.of(put("promise", "older"))))
          .isInstanceOf(StaleWriter.class);

      assertThat(newer.writerEpoch()).isEqualTo(older.writerEpoch() + 1);
      assertThat(newer.get(Family.META, text("promise"))).hasValue(text("newer"));
    }
  }

  @Test
  @Tag("fault-56")
  void aFencedStoreStaysFencedAndIsToldOnce() throws RefusedStart {
    try (var older = open(failures);
        var newer = open()) {
      assertThat(newer.writerEpoch()).isPositive();
      assertThatThrownBy(() -> older.defer(older.writerEpoch(), List.of(put("a", "1"))))
          .isInstanceOf(StaleWriter.class);

      assertThatThrownBy(() -> older.write(older.writerEpoch(), List.of(put("a", "1"))))
          .isInstanceOf(StaleWriter.class);
      assertThatThrownBy(() -> older.get(Family.META, text("a"))).isInstanceOf(StaleWriter.class);
      assertThatThrownBy(() -> older.range(Family.META, text("a"), text("b"), 1))
          .isInstanceOf(StaleWriter.class);
      assertThatThrownBy(older::raiseWriterEpoch).isInstanceOf(StaleWriter.class);
      assertThat(failures).singleElement().isInstanceOf(StaleWriter.class);
    }
  }

  @Test
  @Tag("fault-56")
  void aRaiseOfTheWriterEpochByOneWhoWasFencedIsRefused() throws RefusedStart {
    try (var older = open(failures);
        var newer = open()) {
      assertThatThrownBy(older::raiseWriterEpoch).isInstanceOf(StaleWriter.class);

      newer.write(newer.writerEpoch(), List.of(put("a", "1")));
    }
  }

  @Test
  @Tag("fault-56")
  @DisplayName("V2: an event of the journal that is there already fences who would write it again")
  void anInsertThatMeetsARecordIsThatOfAStaleWriter() throws RefusedStart {
    try (var store = open(failures)) {
      var event = new Change.Insert(Family.JOURNAL, text("event 1"), text("said"));
      store.write(store.writerEpoch(), List.of(event));

      var contradiction = new Change.Insert(Family.JOURNAL, text("event 1"), text("else"));
      assertThatThrownBy(
              () -> store.write(store.writerEpoch(), List.of(put("a", "1"), contradiction)))
          .isInstanceOf(StaleWriter.class);

      assertThat(failures).singleElement().isInstanceOf(StaleWriter.class);
    }
    try (var store = open()) {
      assertThat(store.get(Family.JOURNAL, text("event 1"))).hasValue(text("said"));
      assertThat(store.get(Family.META, text("a"))).isEmpty();
    }
  }

  @Test
  void aReplicaIsMadeOnce() throws RefusedStart {
    assertThatThrownBy(() -> replicas.init(LEDGER))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("already");
    open().close();
  }

  @Test
  @DisplayName("RE1: a replica that init has not made is not made by a start")
  void aReplicaThatIsNotThereIsRefused() {
    var unknown = new LedgerId(Databases.anyValidator().value());

    assertThatThrownBy(() -> replicas.open(unknown, MEMORY, failures::add))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("never initialised");
  }

  @Test
  void aReplicaOfAnotherKeyIsRefused() throws Exception {
    var ledger = new LedgerId(Databases.anyValidator().value());
    replicas.init(ledger);
    var stranger = new PostgresReplicas(Databases.access(), Databases.anyValidator());

    assertThatThrownBy(() -> stranger.open(ledger, MEMORY, failures::add))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("belongs to validator " + validator.hex());
  }

  @Test
  @Tag("fault-33")
  @DisplayName("W1: a database that was copied, restored or promoted is not opened")
  void aRestoredDatabaseIsRefused() throws Exception {
    Databases.execute(
        "update replica set origin = '1/2/00000001' where validator = '\\x%s'"
            .formatted(validator.hex()));

    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("restored backup");
  }

  @Test
  void aLedgerWithACharterIsMadeOnceAndKept() throws Exception {
    replicas.create(OTHER, text("charter"));

    assertThatThrownBy(() -> replicas.create(OTHER, text("another")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already");
    var next = new PostgresReplicas(Databases.access(), validator);
    assertThat(next.charters(BYTES_MAX)).isEqualTo(Map.of(OTHER, text("charter")));
    try (var store = next.open(OTHER, MEMORY, failures::add)) {
      assertThat(store.identity().ledger()).isEqualTo(OTHER);
    }
  }

  @Test
  void aCharterThatIsTooLongIsRefused() throws IOException {
    replicas.create(OTHER, text("c".repeat(BYTES_MAX + 1)));

    assertThatThrownBy(() -> replicas.charters(BYTES_MAX))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void replicasOfOneDatabaseShareNothing() throws Exception {
    replicas.create(OTHER, text("charter"));
    try (var one = open();
        var other = replicas.open(OTHER, MEMORY, failures::add)) {
      one.write(one.writerEpoch(), List.of(put("a", "1")));

      assertThat(other.get(Family.META, text("a"))).isEmpty();
      other.write(other.writerEpoch(), List.of(put("a", "2")));
      assertThat(one.get(Family.META, text("a"))).hasValue(text("1"));
    }
  }

  @Test
  void whatIsDeferredIsReadAtOnceAndByTheNextHolder() throws RefusedStart {
    try (var store = open()) {
      store.defer(store.writerEpoch(), List.of(put("a", "1")));
      assertThat(store.get(Family.META, text("a"))).hasValue(text("1"));
      assertThat(store.syncCount()).isZero();
    }
    try (var store = open()) {
      assertThat(store.get(Family.META, text("a"))).hasValue(text("1"));
    }
  }

  @Test
  void itsCacheIsBoundedAndAgreesWithTheDatabase() throws Exception {
    var small = new PostgresReplicas(Databases.access(), validator, 20_000);
    try (var store = small.open(LEDGER, MEMORY, failures::add)) {
      for (int round = 0; round < 3; round++) {
        var value = text("round " + round + "x".repeat(100));
        var changes =
            IntStream.range(0, 300)
                .<Change>mapToObj(i -> new Change.Put(Family.STATE, text("key " + i), value))
                .toList();
        store.write(store.writerEpoch(), changes);
        for (int i = 0; i < 300; i += 7) {
          assertThat(store.get(Family.STATE, text("key " + i))).hasValue(value);
        }
        assertThat(store.cachedBytes()).isBetween(1L, 20_000L);
      }
    }
  }

  @Test
  void aWriteOfMoreThanOneStatementIsWhole() throws RefusedStart {
    var big = text("x".repeat(1 << 20));
    var changes =
        IntStream.range(0, 20)
            .<Change>mapToObj(i -> new Change.Put(Family.BLOCK, text("block " + i), big))
            .toList();
    try (var store = open()) {
      store.write(store.writerEpoch(), changes);

      assertThat(store.range(Family.BLOCK, text("a"), text("z"), 100))
          .hasSize(20)
          .allMatch(entry -> entry.value().equals(big));
    }
  }

  @Test
  void aServerThatIsNotThereRefusesTheStart() {
    var access = Databases.access(1);

    assertThatThrownBy(
            () -> new PostgresReplicas(access, validator).open(LEDGER, MEMORY, failures::add))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  @DisplayName("what an earlier version has stored is refused, and not made fit by a later init")
  void refusesAnotherFormat() throws Exception {
    var set = "update replica set format = %d where validator = '\\x%s'";
    Databases.execute(set.formatted(NodeIdentity.FORMAT - 1, validator.hex()));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RefusedStart.class,
            refused ->
                assertThat(refused.faults())
                    .containsExactly(
                        new StartFault.UnknownFormat(
                            String.valueOf(NodeIdentity.FORMAT - 1), NodeIdentity.FORMAT)));
    assertThatThrownBy(() -> replicas.init(LEDGER)).isInstanceOf(RefusedStart.class);
    assertThatThrownBy(this::open).isInstanceOf(RefusedStart.class);

    Databases.execute(set.formatted(NodeIdentity.FORMAT, validator.hex()));
    open().close();
  }

  @Test
  @DisplayName("docs/operating.md: a user with no more rights than these can run a node")
  void aUserWhoMayNotChangeTablesCanRunANode() throws Exception {
    Databases.execute(
        """
        create role runs_nodes login;
        grant select on sampo_schema to runs_nodes;
        grant select, insert, update on replica to runs_nodes;
        grant select, insert on ledger_charter to runs_nodes;
        grant select, insert, update, delete on replica_record to runs_nodes;
        """);
    var access = new PostgresAccess(Databases.access().url(), "runs_nodes", "unused");
    var user = new PostgresReplicas(access, validator);

    user.create(OTHER, text("charter"));

    assertThat(user.charters(BYTES_MAX)).containsOnlyKeys(OTHER);
    try (var store = user.open(OTHER, MEMORY, failures::add)) {
      long epoch = store.raiseWriterEpoch();
      store.write(epoch, List.of(put("a", "1"), put("b", "1")));
      store.defer(
          epoch,
          List.of(
              new Change.Delete(Family.META, text("a")),
              new Change.DeleteRange(Family.META, text("b"), text("c"))));
      assertThat(store.range(Family.META, text("a"), text("z"), 10)).isEmpty();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  @DisplayName("V2: synchronous_commit has to be on, for this user as well")
  void aUserWhoseCommitsDoNotWaitIsRefused() throws SQLException {
    Databases.execute("create role careless superuser login");
    Databases.execute("alter role careless set synchronous_commit = off");
    var access = new PostgresAccess(Databases.access().url(), "careless", "unused");

    assertThatThrownBy(
            () -> new PostgresReplicas(access, validator).open(LEDGER, MEMORY, failures::add))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("synchronous_commit = off");
  }

  @Test
  @Tag("fault-47")
  void aLostConnectionEndsTheStoreEvenWhileNothingIsWritten() throws Exception {
    try (var store = open(failures)) {
      store.write(store.writerEpoch(), List.of(put("a", "1")));

      // As a crash of the server does, after which it lacks what was deferred and not yet on disk.
      Databases.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '%s'"
              .formatted(Databases.nameOf(validator)));

      assertThatThrownBy(() -> store.write(store.writerEpoch(), List.of(put("b", "1"))))
          .isInstanceOf(StoreFailed.class);
      assertThatThrownBy(() -> store.get(Family.BLOCK, text("a"))).isInstanceOf(StoreFailed.class);
      assertThat(failures).hasSize(1);
    }
    try (var store = open()) {
      assertThat(store.get(Family.META, text("a"))).hasValue(text("1"));
      assertThat(store.get(Family.META, text("b"))).isEmpty();
    }
  }

  private NodeStore open() throws RefusedStart {
    return replicas.open(
        LEDGER,
        MEMORY,
        failure -> {
          throw new AssertionError("the store has failed", failure);
        });
  }

  private NodeStore open(List<Throwable> heard) throws RefusedStart {
    return replicas.open(LEDGER, MEMORY, heard::add);
  }

  private static Change put(String key, String value) {
    return new Change.Put(Family.META, text(key), text(value));
  }
}
