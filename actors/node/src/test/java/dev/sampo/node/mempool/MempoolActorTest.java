package dev.sampo.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.mempool.Mempool;
import dev.sampo.core.mempool.MempoolMachine;
import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.node.ledger.Validators;
import dev.sampo.node.peer.Outbound;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.node.peer.Seats;
import dev.sampo.node.verification.SignatureWorkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MempoolActorTest {

  private static final ValidatorIndex SELF = ValidatorIndex.of(0);
  private static final ValidatorIndex PEER = ValidatorIndex.of(1);

  /** More than one validator may pass on, so that the rest goes into its lane. */
  private static final int MANY = 300;

  private static final PeerNetwork.Command END =
      new PeerNetwork.Send(
          new LedgerId(Hash.ZERO.value()), PeerStream.VOTES, Bytes.EMPTY, List.of());

  private final ActorTestKit kit = ActorTestKit.create();
  private final Validators validators = new Validators(4);
  private final Genesis genesis = validators.genesis();
  private final TestProbe<PeerNetwork.Command> network =
      kit.createTestProbe(PeerNetwork.Command.class);
  private final BlockingQueue<Runnable> writes = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final Room room = new Room();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** D9: what a peer was sent is there after a crash. */
  @Test
  void aBatchIsSentOnceItIsOnDisk() throws InterruptedException {
    var store = new InMemoryLedgerStore();
    var mempool = spawn(store);
    submitMany(mempool);

    var write = writes.poll(10, TimeUnit.SECONDS);
    assertThat(write).isNotNull();
    assertThat(sentSoFar(mempool)).noneMatch(BatchAppended.class::isInstance);
    assertThat(lane(store)).isEmpty();

    write.run();
    var batch = awaitBatch();
    assertThat(batch.batch().lane()).isEqualTo(SELF);
    assertThat(lane(store)).isNotEmpty();
  }

  /** Faults 47 and 48: the first failed write stops the process. */
  @Test
  void aFailedWriteStopsTheNode() throws InterruptedException {
    var mempool = spawn(new FailingStore());
    submitMany(mempool);

    writes.take().run();

    assertThat(stopped.orTimeout(10, TimeUnit.SECONDS).join()).contains("batches");
    assertThat(sentSoFar(mempool)).noneMatch(BatchAppended.class::isInstance);
  }

  /** What would be refused for want of room is known before its signature is checked. */
  @Test
  void screensWhatItHasNoRoomForButNotWhatItHas() {
    var mempool = spawn(new InMemoryLedgerStore(), 2);
    var known = validators.transfer(1);
    submit(mempool, known);
    assertThat(screened(mempool, validators.transfer(2))).isEmpty();
    assertThat(room.isPresent()).isTrue();
    submit(mempool, validators.transfer(2));

    assertThat(screened(mempool, known)).as("it waits there").isEmpty();
    assertThat(screened(mempool, validators.transfer(3))).contains(RejectionCode.MEMPOOL_FULL);
    assertThat(room.isPresent()).isFalse();
  }

  private static Optional<RejectionCode> screened(
      ActorRef<MempoolActor.Command> mempool, SignedTransaction transaction) {
    var answer = new CompletableFuture<Optional<RejectionCode>>();
    mempool.tell(new MempoolActor.Screen(transaction, answer));
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private ActorRef<MempoolActor.Command> spawn(LedgerStore store) {
    return spawn(store, Mempool.Limits.DEFAULT.countMax());
  }

  private ActorRef<MempoolActor.Command> spawn(LedgerStore store, int countMax) {
    var limits = new Mempool.Limits(countMax, 64 << 20, 16_384, 16 << 20);
    return kit.spawn(
        MempoolActor.create(
            new MempoolSettings(
                genesis.ledgerId(),
                new MempoolMachine(genesis, SELF, limits, store),
                Ed25519Signer.fromSeed(validators.seed(SELF)),
                store,
                writes::add,
                new SignatureWorkers(_ -> true, Runnable::run),
                new Outbound(
                    genesis.ledgerId(),
                    Seats.of(genesis.validators(), genesis.validators()),
                    List.of(PEER),
                    network.getRef(),
                    () -> true),
                room,
                new Unobserved(),
                (reason, cause) -> stopped.complete(reason))));
  }

  private void submitMany(ActorRef<MempoolActor.Command> mempool) {
    for (int i = 1; i <= MANY; i++) {
      submit(mempool, validators.transfer(i));
    }
  }

  private static void submit(
      ActorRef<MempoolActor.Command> mempool, SignedTransaction transaction) {
    var answer = new CompletableFuture<Admission>();
    mempool.tell(new MempoolActor.Submit(transaction, answer));
    assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOf(Admission.Admitted.class);
  }

  /** What the mempool has sent in answer to all that it was told up to now. */
  private List<PeerMessage> sentSoFar(ActorRef<MempoolActor.Command> mempool) {
    TestProbe<MempoolActor.Level> level = kit.createTestProbe(MempoolActor.Level.class);
    mempool.tell(new MempoolActor.GetLevel(level.getRef()));
    level.receiveMessage();
    network.getRef().tell(END);
    var sent = new ArrayList<PeerMessage>();
    for (var next = network.receiveMessage(); !next.equals(END); next = network.receiveMessage()) {
      sent.add(messageIn(next));
    }
    return sent;
  }

  private BatchAppended awaitBatch() {
    while (true) {
      if (messageIn(network.receiveMessage()) instanceof BatchAppended batch) {
        return batch;
      }
    }
  }

  private static PeerMessage messageIn(PeerNetwork.Command command) {
    if (command instanceof PeerNetwork.Send(_, _, var frame, _)
        && PeerMessageCodec.decode(frame) instanceof Decoded.Ok(var envelope)) {
      return envelope.message();
    }
    throw new AssertionError("not a message to peers: " + command);
  }

  private static List<EntryReader.Entry> lane(LedgerStore store) {
    return store.range(Table.LANE, Bytes.EMPTY, Bytes.fromHex("ff"), 10);
  }

  private static final class FailingStore implements LedgerStore {
    private final LedgerStore empty = new InMemoryLedgerStore();

    @Override
    public void commit(WriteSet all) {
      throw new IllegalStateException("no space left on device");
    }

    @Override
    public void defer(WriteSet all) {
      throw new IllegalStateException("no space left on device");
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
      return empty.get(table, key);
    }

    @Override
    public List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
      return empty.range(table, from, to, limit);
    }

    @Override
    public Optional<Entry> floor(Table table, Bytes key) {
      return empty.floor(table, key);
    }
  }

  private static final class Unobserved implements MempoolObserver {
    @Override
    public void expired(List<TransactionId> ids, Height height) {}

    @Override
    public void evidenceFound(Evidence evidence) {}

    @Override
    public void dataLost(ValidatorIndex lane, Cut.Tip batch) {}
  }
}
