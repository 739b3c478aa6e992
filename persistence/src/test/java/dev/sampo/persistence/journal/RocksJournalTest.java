package dev.sampo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.persistence.journal.EventLog.Event;
import dev.sampo.persistence.store.Directories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksJournalTest {

  private static final String ID = "recorder|" + Directories.LEDGER.hex();
  private static final LedgerId OTHER = LedgerId.fromHex("cc".repeat(32));

  @TempDir private Path temporary;
  private NodeStore store;
  private ActorSystem system;
  private TestKit probe;

  /**
   * Says what it replays, then that it is ready, and each text that it is told once it is stored.
   */
  private static final class Recorder extends AbstractPersistentActor {

    private final String id;
    private final ActorRef observer;

    Recorder(String id, ActorRef observer) {
      this.id = id;
      this.observer = observer;
    }

    @Override
    public String persistenceId() {
      return id;
    }

    @Override
    public Receive createReceiveRecover() {
      return receiveBuilder()
          .match(String.class, text -> observer.tell("replayed " + text, self()))
          .build();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              String.class,
              text -> persist(text, stored -> observer.tell("stored " + stored, self())))
          .build();
    }
  }

  @BeforeEach
  void start() throws IOException, RefusedStart {
    store = Directories.open(Directories.init(temporary.resolve("node")));
    system = ActorSystem.create("test", ConfigFactory.load("compatibility"));
    probe = new TestKit(system);
  }

  @AfterEach
  void stop() {
    TestKit.shutdownActorSystem(system);
    store.close();
  }

  @Test
  void replaysToTheNextWhatTheFirstHasStored() {
    NodeStoreExtension.get(system).attach(store);
    var first = spawn();
    first.tell("one", ActorRef.noSender());
    first.tell("two", ActorRef.noSender());
    probe.expectMsgAllOf("stored one", "stored two");
    stop(first);

    spawn().tell("three", ActorRef.noSender());

    probe.expectMsg("replayed one");
    probe.expectMsg("replayed two");
    probe.expectMsg("stored three");
  }

  @Test
  void twoSystemsOfOneProcessEachReachTheirOwnStore() throws Exception {
    NodeStoreExtension.get(system).attach(store);
    spawn().tell("here", ActorRef.noSender());
    probe.expectMsg("stored here");
    var otherSystem = ActorSystem.create("other", ConfigFactory.load("compatibility"));
    try (var otherStore = Directories.open(Directories.init(temporary.resolve("other")))) {
      NodeStoreExtension.get(otherSystem).attach(otherStore);

      otherSystem
          .actorOf(Props.create(Recorder.class, () -> new Recorder(ID, probe.getRef())))
          .tell("there", ActorRef.noSender());

      probe.expectMsg("stored there");
      TestKit.shutdownActorSystem(otherSystem);
    }
  }

  @Test
  void aSystemWithoutAStoreSaysWhatToDo() {
    assertThatThrownBy(() -> NodeStoreExtension.get(system).store(Directories.LEDGER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NodeStoreExtension.attach");
  }

  @Test
  void actorsOfTwoLedgersEachWriteToTheStoreOfTheirs() throws Exception {
    NodeDirectory.init(temporary.resolve("other"), OTHER, Directories.VALIDATOR);
    try (var other =
        NodeDirectory.open(
            temporary.resolve("other"),
            OTHER,
            Directories.VALIDATOR,
            Directories.MEMORY,
            failure -> {})) {
      NodeStoreExtension.get(system).attach(store);
      NodeStoreExtension.get(system).attach(other);
      var otherId = "recorder|" + OTHER.hex();

      spawn().tell("here", ActorRef.noSender());
      probe.expectMsg("stored here");
      system
          .actorOf(Props.create(Recorder.class, () -> new Recorder(otherId, probe.getRef())))
          .tell("there", ActorRef.noSender());
      probe.expectMsg("stored there");

      assertThat(new EventLog(store, store.writerEpoch()).highest(otherId)).isZero();
      assertThat(new EventLog(other, other.writerEpoch()).highest(otherId)).isEqualTo(1);
    }
  }

  @Test
  void anActorOfALedgerWithoutStoreStops() {
    NodeStoreExtension.get(system).attach(store);
    var stray =
        system.actorOf(
            Props.create(
                Recorder.class, () -> new Recorder("recorder|" + OTHER.hex(), probe.getRef())));
    probe.watch(stray);

    assertThat(probe.expectMsgClass(Terminated.class).actor()).isEqualTo(stray);
  }

  /** A replica that is taken over again writes under its new epoch (protocol V1). */
  @Test
  void aStoreThatIsAttachedAgainHasItsNewWriterEpoch() {
    var stores = NodeStoreExtension.get(system);
    stores.attach(store);
    var first = spawn();
    first.tell("one", ActorRef.noSender());
    probe.expectMsg("stored one");
    stop(first);

    stores.detach(store.identity().ledger());
    store.raiseWriterEpoch();
    stores.attach(store);

    spawn().tell("two", ActorRef.noSender());
    probe.expectMsg("replayed one");
    probe.expectMsg("stored two");
    stores.detach(store.identity().ledger());
    assertThatThrownBy(() -> stores.detach(store.identity().ledger()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLedgerHasOneStoreAtATime() {
    NodeStoreExtension.get(system).attach(store);

    assertThatThrownBy(() -> NodeStoreExtension.get(system).attach(store))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Tag("fault-56")
  void replayFailsWhereAnOverruledWriterHasWrittenOn() {
    NodeStoreExtension.get(system).attach(store);
    plant(1, "first writer");
    plant(2, "second writer");
    plant(3, "first writer");

    var recorder = spawn();

    assertThat(probe.expectMsgClass(Terminated.class).actor()).isEqualTo(recorder);
  }

  @Test
  @Tag("fault-47")
  void anActorWhoseWriteFailsStops() {
    NodeStoreExtension.get(system).attach(store);
    var recorder = spawn();
    recorder.tell("one", ActorRef.noSender());
    probe.expectMsg("stored one");
    store.raiseWriterEpoch();

    recorder.tell("two", ActorRef.noSender());

    assertThat(probe.expectMsgClass(Terminated.class).actor()).isEqualTo(recorder);
  }

  private ActorRef spawn() {
    var recorder =
        system.actorOf(Props.create(Recorder.class, () -> new Recorder(ID, probe.getRef())));
    probe.watch(recorder);
    return recorder;
  }

  private void stop(ActorRef actor) {
    system.stop(actor);
    probe.expectTerminated(actor);
  }

  private void plant(long number, String writer) {
    var event = PersistentRepr.apply("event", number, ID, "", false, ActorRef.noSender(), writer);
    var content = SerializationExtension.get(system).serialize(event).get();
    new EventLog(store, store.writerEpoch())
        .append(ID, List.of(new Event(ID, number, Bytes.owning(content))));
  }
}
