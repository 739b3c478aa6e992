package dev.sampo.persistence.journal;

import static dev.sampo.persistence.journal.Promises.finalUpTo;
import static dev.sampo.persistence.journal.Promises.held;
import static dev.sampo.persistence.journal.Promises.notarized;
import static dev.sampo.persistence.journal.Promises.nullified;
import static dev.sampo.persistence.store.Directories.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.Bytes;
import dev.sampo.persistence.journal.PromiseJournal.Command;
import dev.sampo.persistence.journal.PromiseJournal.Command.Write;
import dev.sampo.persistence.journal.PromiseJournal.Recovered;
import dev.sampo.persistence.journal.PromiseJournal.Written;
import dev.sampo.persistence.store.Change;
import dev.sampo.persistence.store.Directories;
import dev.sampo.persistence.store.Family;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol 2.4: persist before you speak, and stop when that fails. */
class PromiseJournalTest {

  private static final int STORAGE_THREADS = 4;
  private static final int EVENTS_KEPT_MAX = 1000;

  @TempDir private Path temporary;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private Path directory;
  private NodeStore store;
  private ActorTestKit kit;
  private TestProbe<Recovered> recovered;
  private TestProbe<Written> written;

  @BeforeEach
  void startNode() throws IOException, RefusedStart {
    if (directory == null) {
      directory = Directories.init(temporary.resolve("node"));
    }
    store =
        NodeDirectory.open(
            directory, LEDGER, Directories.VALIDATOR, Directories.MEMORY, failures::add);
    kit = ActorTestKit.create(ConfigFactory.load());
    NodeStoreExtension.get(kit.system()).attach(store);
    recovered = kit.createTestProbe();
    written = kit.createTestProbe();
  }

  @AfterEach
  void stopNode() {
    kit.shutdownTestKit();
    store.close();
  }

  @Test
  void aNewJournalRecoversNothing() {
    spawn();

    recovered.expectMessage(new Recovered(List.of()));
  }

  @Test
  void whatWasWrittenIsRecoveredInOrder() throws Exception {
    var journal = spawn();
    write(journal, 1, held(1), notarized(1));
    write(journal, 2, nullified(2));

    stopNode();
    startNode();
    spawn();

    recovered.expectMessage(new Recovered(List.of(held(1), notarized(1), nullified(2))));
  }

  @Test
  void promisesOfFinalViewsAreNotRecovered() throws Exception {
    var journal = spawn();
    write(journal, 1, held(1), notarized(1), notarized(2));
    write(journal, 2, finalUpTo(1));

    stopNode();
    startNode();
    spawn();

    recovered.expectMessage(new Recovered(List.of(notarized(2), finalUpTo(1))));
  }

  @Test
  void writesThatComeWhileOneIsUnderWayShareASync() {
    var journal = spawn();
    recovered.receiveMessage();
    long syncsBefore = store.syncCount();
    var disk = new CountDownLatch(1);
    holdUpStorage(disk);

    for (long view = 1; view <= 100; view++) {
      journal.tell(new Write(view, List.of(nullified(view)), written.getRef()));
    }
    written.expectNoMessage();
    disk.countDown();

    for (long view = 1; view <= 100; view++) {
      written.expectMessage(new Written(view));
    }
    assertThat(store.syncCount() - syncsBefore).isEqualTo(2);
  }

  @Test
  void theJournalStaysBounded() throws Exception {
    var journal = spawn();
    for (long view = 2; view <= 1600; view++) {
      write(journal, view, notarized(view), finalUpTo(view - 1));
      assertThat(events()).isLessThanOrEqualTo(EVENTS_KEPT_MAX + 100);
    }
    await().untilAsserted(() -> assertThat(events()).isLessThanOrEqualTo(EVENTS_KEPT_MAX));

    stopNode();
    startNode();
    spawn();

    recovered.expectMessage(new Recovered(List.of(notarized(1600), finalUpTo(1599))));
  }

  @Test
  void withoutAStoreItDoesNotStart() {
    var withoutStore = ActorTestKit.create();

    var journal = withoutStore.spawn(PromiseJournal.create(LEDGER, recovered.getRef()));

    withoutStore.createTestProbe().expectTerminated(journal);
    withoutStore.shutdownTestKit();
  }

  @Test
  @Tag("fault-47")
  void aFailedWriteIsNeverAcknowledgedAndStopsTheNode() {
    var journal = spawn();
    recovered.receiveMessage();
    store.raiseWriterEpoch();

    journal.tell(new Write(1, List.of(nullified(1)), written.getRef()));

    kit.createTestProbe().expectTerminated(journal);
    assertThat(failures).hasSize(1);
    written.expectNoMessage();
  }

  @Test
  @Tag("fault-56")
  void ofTwoJournalsOfOneLedgerTheSecondToWriteStopsTheNode() {
    var first = spawn();
    var second = spawn();
    recovered.receiveMessage();
    recovered.receiveMessage();
    write(first, 1, notarized(1));

    second.tell(new Write(2, List.of(nullified(1)), written.getRef()));

    kit.createTestProbe().expectTerminated(second);
    written.expectNoMessage();
    assertThat(failures).hasSize(1);
  }

  @Test
  @Tag("fault-42")
  void aDamagedEventStopsTheNodeInsteadOfBeingSkipped() throws Exception {
    var journal = spawn();
    write(journal, 1, notarized(1));
    write(journal, 2, notarized(2));
    var event = store.range(Family.JOURNAL, Bytes.EMPTY, Bytes.fromHex("ff"), 1).getFirst();
    var cut = event.value().slice(0, event.value().length() - 1);
    var damage = new Change.Put(Family.JOURNAL, event.key(), cut);
    store.write(store.writerEpoch(), List.of(damage));

    stopNode();
    startNode();
    kit.createTestProbe().expectTerminated(spawn());

    assertThat(failures).hasSize(1);
    recovered.expectNoMessage();
  }

  private ActorRef<Command> spawn() {
    return kit.spawn(PromiseJournal.create(LEDGER, recovered.getRef()));
  }

  private void write(ActorRef<Command> journal, long sequence, Promise... promises) {
    journal.tell(new Write(sequence, List.of(promises), written.getRef()));
    written.expectMessage(new Written(sequence));
  }

  private int events() {
    return store.range(Family.JOURNAL, Bytes.fromHex("01"), Bytes.fromHex("02"), 10_000).size();
  }

  /** Takes every thread that writes, until the latch opens. */
  private void holdUpStorage(CountDownLatch until) {
    var storage =
        kit.system()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("sampo.persistence.storage-dispatcher"));
    for (int thread = 0; thread < STORAGE_THREADS; thread++) {
      storage.execute(
          () -> {
            try {
              until.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }
}
