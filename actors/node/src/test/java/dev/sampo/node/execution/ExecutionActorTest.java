package dev.sampo.node.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.node.ledger.Validators;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.Outbound;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.node.peer.Seats;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionActorTest {

  private static final ValidatorIndex SELF = ValidatorIndex.of(0);

  private final ActorTestKit kit = ActorTestKit.create();
  private final Validators validators = new Validators(4);
  private final Genesis genesis = validators.genesis();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /**
   * Found under load: consensus heard of the stored block first and asked the mempool for the next
   * payload before the mempool knew what to drop, so that a block full of duplicates was proposed.
   */
  @Test
  void theMempoolHearsOfABlockBeforeWhoeverAsksItForMore() {
    TestProbe<Object> everyone = kit.createTestProbe(Object.class);
    var execution = kit.spawn(execution(everyone));
    execution.tell(new ExecutionActor.Subscribe(everyone.getRef().narrow()));

    var served = everyone.expectMessageClass(MempoolActor.ServeExecution.class);
    var block = firstBlock();
    served
        .execution()
        .tell(new MempoolActor.Ordered(List.of(OrderedBlock.inline(block)), proof(block)));

    var dropped = everyone.expectMessageClass(MempoolActor.NoteExecuted.class);
    assertThat(dropped.block().block()).isEqualTo(block);
    everyone.expectMessageClass(OutcomesActor.NoteExecuted.class);
    var stored = everyone.expectMessageClass(ExecutionActor.BlockStored.class);
    assertThat(stored.header()).isEqualTo(block.header());
    assertThat(stored.executed()).isEqualTo(1);
  }

  private Behavior<ExecutionActor.Command> execution(TestProbe<Object> everyone) {
    var store = new InMemoryLedgerStore();
    var executor = LedgerExecutor.open(genesis, new Assets(), _ -> true, store);
    executor.initialWrites().ifPresent(store::commit);
    var signer = Ed25519Signer.fromSeed(validators.seed(SELF));
    var settings =
        new ExecutionSettings(
            genesis.ledgerId(),
            Optional.of(new Attester(SELF, signer, outbound(), List.of())),
            new AppliedLedger(executor, store),
            Runnable::run,
            new Unobserved(),
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            });
    var roles =
        new ExecutionRoles(BlockFeed.of(everyone.getRef().narrow()), everyone.getRef().narrow());
    return ExecutionActor.create(
        settings, roles, Attestations.open(genesis.validators(), Optional.of(SELF), store));
  }

  private Outbound outbound() {
    var network = kit.createTestProbe(PeerNetwork.Command.class);
    return new Outbound(
        genesis.ledgerId(),
        Seats.of(genesis.validators(), genesis.validators()),
        List.of(ValidatorIndex.of(1)),
        network.getRef(),
        () -> true);
  }

  private Block firstBlock() {
    var before = genesis.block();
    var entries = List.of(validators.transfer(5));
    var content = before.header().content();
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            new BlockHeader.Position(
                Epoch.ZERO, View.of(1), Height.of(1), before.hash(), View.ZERO),
            before.header().time().plusMillis(1),
            SELF,
            BlockType.NORMAL,
            new BlockHeader.Content(
                content.cutRoot(),
                Block.inlineRoot(entries),
                content.validatorSet(),
                content.nextValidatorSet(),
                content.stateHeight(),
                content.stateCertificate()));
    return new Block(header, before.cut(), entries);
  }

  /** Of the right form; execution leaves its signatures to those who checked them before. */
  private static FinalityProof proof(Block block) {
    var statement = new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
    return new FinalityProof(List.of(block.header()), new Certificate(statement, List.of()));
  }

  private static final class Unobserved implements ExecutionObserver {
    @Override
    public void executed(ExecutedBlock block) {}

    @Override
    public void evidenceFound(Evidence evidence) {}
  }
}
