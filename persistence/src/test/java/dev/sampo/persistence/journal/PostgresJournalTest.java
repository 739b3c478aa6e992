package dev.sampo.persistence.journal;

import static dev.sampo.persistence.journal.Promises.notarized;
import static dev.sampo.persistence.journal.Promises.nullified;
import static dev.sampo.persistence.store.Directories.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.sampo.persistence.journal.PromiseJournal.Command.Write;
import dev.sampo.persistence.journal.PromiseJournal.Recovered;
import dev.sampo.persistence.journal.PromiseJournal.Written;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.Replica;
import dev.sampo.persistence.store.StaleWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol 2.4, V1, V2: two processes of a validator, and the promises of both. */
class PostgresJournalTest {

  @TempDir private Path folder;
  private final ActorTestKit olderKit = ActorTestKit.create(ConfigFactory.load());
  private final ActorTestKit newerKit = ActorTestKit.create(ConfigFactory.load());
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    olderKit.shutdownTestKit();
    newerKit.shutdownTestKit();
  }

  @Test
  @Tag("fault-24")
  @Tag("fault-56")
  @DisplayName("V1: who takes over knows every promise, and the older one makes no more")
  void promisesGoOnAtAnotherProcess() throws Exception {
    var replica = Replica.Kind.POSTGRESQL.init(folder);
    var older = replica.open(failures::add);
    try (older) {
      var recovered = olderKit.<Recovered>createTestProbe();
      var written = olderKit.<Written>createTestProbe();
      var journal = spawn(older, olderKit, recovered);
      recovered.expectMessage(new Recovered(List.of()));
      journal.tell(new Write(1, List.of(notarized(1), nullified(2)), written.getRef()));
      written.expectMessage(new Written(1));

      try (var newer = replica.open()) {
        var taken = newerKit.<Recovered>createTestProbe();
        var successor = spawn(newer, newerKit, taken);
        taken.expectMessage(new Recovered(List.of(notarized(1), nullified(2))));

        journal.tell(new Write(2, List.of(notarized(3)), written.getRef()));
        olderKit.createTestProbe().expectTerminated(journal);
        written.expectNoMessage();
        assertThat(failures).singleElement().isInstanceOf(StaleWriter.class);

        var said = newerKit.<Written>createTestProbe();
        successor.tell(new Write(1, List.of(notarized(4)), said.getRef()));
        said.expectMessage(new Written(1));
      }
    }
  }

  private static ActorRef<PromiseJournal.Command> spawn(
      NodeStore store, ActorTestKit kit, TestProbe<Recovered> recovered) {
    NodeStoreExtension.get(kit.system()).attach(store);
    return kit.spawn(PromiseJournal.create(LEDGER, recovered.getRef()));
  }
}
