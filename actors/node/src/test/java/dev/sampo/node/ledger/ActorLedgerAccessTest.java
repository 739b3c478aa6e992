package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.execution.TransactionCheck;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.mempool.Room;
import dev.sampo.node.sync.SyncActor;
import dev.sampo.node.verification.VerdictCache;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a mempool without room refuses costs no check of a signature. */
class ActorLedgerAccessTest {

  private final ActorTestKit kit = ActorTestKit.create();
  private final Validators validators = new Validators(4);
  private final Queue<Runnable> checks = new ArrayDeque<>();
  private final Room room = new Room();
  private final TestProbe<MempoolActor.Command> mempool =
      kit.createTestProbe(MempoolActor.Command.class);
  private final ActorLedgerAccess access = access();

  private ActorLedgerAccess access() {
    var genesis = validators.genesis();
    var store = new InMemoryLedgerStore();
    var outcomes = kit.createTestProbe(OutcomesActor.Command.class).getRef();
    var roles =
        new LedgerRoles(
            kit.createTestProbe(ConsensusActor.Command.class).getRef(),
            mempool.getRef(),
            kit.createTestProbe(SyncActor.Command.class).getRef(),
            kit.createTestProbe(ExecutionActor.Command.class).getRef(),
            outcomes,
            kit.createTestProbe(StatusActor.Command.class).getRef());
    return new ActorLedgerAccess(
        kit.system(),
        genesis,
        roles,
        new ActorLedgerAccess.Checks(
            new TransactionCheck(genesis, new Assets(), store, new RecentReads()),
            new VerdictCache(genesis.ledgerId(), new Ed25519Suite()),
            checks::add,
            room),
        new StoredReads(genesis, store, outcomes, Runnable::run));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whileThereIsRoomItIsCheckedAtOnce() {
    var _ = access.submit(validators.transfer(1));
    assertThat(checks).hasSize(1);
  }

  @Test
  void withoutRoomTheMempoolIsAskedFirst() {
    room.set(false);
    var refused = access.submit(validators.transfer(1)).toCompletableFuture();
    mempool
        .expectMessageClass(MempoolActor.Screen.class)
        .answer()
        .complete(Optional.of(RejectionCode.MEMPOOL_FULL));
    assertThat(refused.join()).isEqualTo(new SubmitOutcome.Rejected("MEMPOOL_FULL", ""));
    assertThat(checks).isEmpty();

    var _ = access.submit(validators.transfer(2));
    mempool.expectMessageClass(MempoolActor.Screen.class).answer().complete(Optional.empty());
    assertThat(checks).as("there is room, or it is known").hasSize(1);
  }
}
