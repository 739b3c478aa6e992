package dev.sampo.core.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SoloEngineTest {

  private static final ValidatorIndex SELF = ValidatorIndex.of(0);
  private static final Cut UNUSED = Cut.unused(1);

  private final Genesis genesis = Fakes.genesis(1, "solo", LedgerParameters.DEFAULT);
  private final List<Promise> disk = new ArrayList<>();
  private final List<Effect> done = new ArrayList<>();
  private SoloEngine engine = new SoloEngine(genesis, SELF);
  private DurabilityGate gate = new DurabilityGate();
  private boolean diskHeld;

  private void start(Block lastFinal, List<Promise> promises) {
    engine = new SoloEngine(genesis, SELF);
    gate = new DurabilityGate();
    done.clear();
    step(new Input.Started(new Recovered(promises, lastFinal, Optional.empty())));
  }

  private void step(Input input) {
    var now = new Moment(0, LedgerTime.ofMillis(2_000_000));
    perform(gate.admit(engine.step(input, now)));
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      done.add(effect);
      if (effect instanceof Effect.Persist persist && !diskHeld) {
        disk.addAll(persist.promises());
        perform(gate.persisted(persist.sequence()));
      } else if (effect instanceof Effect.Sign(var statement)) {
        step(new Input.StatementSigned(statement, Fakes.sign(statement, SELF)));
      }
    }
  }

  private void order(SignedTransaction... transactions) {
    step(new Input.WorkChanged(true));
    var asked = done(Effect.BuildPayload.class).getLast();
    step(new Input.PayloadBuilt(asked.view(), List.of(transactions), asked.parent()));
  }

  private <E extends Effect> List<E> done(Class<E> kind) {
    return done.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  @DisplayName("one sync makes a block final, with a proof as on any other ledger")
  void finalizesByItself() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    var finalized = done(Effect.Finalized.class).getFirst();
    var block = finalized.blocks().getFirst();
    var statement = new Statement.Finalize(Epoch.ZERO, View.of(1), block.hash());
    assertThat(block.inline()).containsExactly(Fakes.transaction(1));
    assertThat(block.height()).isEqualTo(Height.of(1));
    assertThat(block.bodyMatchesHeader()).isTrue();
    assertThat(finalized.proof().target()).isEqualTo(block.header());
    assertThat(finalized.proof().finalization())
        .isEqualTo(Certificate.of(statement, List.of(Fakes.vote(statement, SELF))));
    assertThat(done(Effect.Persist.class)).hasSize(1);
    assertThat(done(Effect.Send.class)).isEmpty();
  }

  @Test
  @DisplayName("2.4: nothing is final before it is durable")
  void waitsForTheDisk() {
    start(genesis.block(), List.of());
    diskHeld = true;
    order(Fakes.transaction(1));
    assertThat(done(Effect.Sign.class)).isEmpty();
    assertThat(done(Effect.Finalized.class)).isEmpty();
  }

  @Test
  @DisplayName("blocks follow each other while there is work")
  void goesOnWhileThereIsWork() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    assertThat(done(Effect.BuildPayload.class)).hasSize(2);
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(2)), UNUSED));
    var blocks = done(Effect.Finalized.class).stream().map(f -> f.blocks().getFirst()).toList();
    assertThat(blocks.get(1).header().parent()).isEqualTo(blocks.get(0).hash());
    assertThat(blocks.get(1).header().time()).isGreaterThan(blocks.get(0).header().time());
    assertThat(done(Effect.BuildPayload.class).getLast().ancestors())
        .containsExactlyElementsOf(blocks);
  }

  @Test
  @DisplayName("I19: it does not run away from its execution")
  void waitsForExecution() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(0));
    for (int i = 1; i < 80; i++) {
      var asked = done(Effect.BuildPayload.class).getLast();
      step(new Input.PayloadBuilt(asked.view(), List.of(Fakes.transaction(i)), asked.parent()));
    }
    assertThat(done(Effect.Finalized.class)).hasSize(64);
    step(new Input.BlockStored(View.of(1), Height.of(1)));
    assertThat(done(Effect.BuildPayload.class).getLast().view()).isEqualTo(View.of(65));
    assertThat(engine.status().finalHeight()).isEqualTo(Height.of(1));
  }

  @Test
  @DisplayName("TI5: block time goes on without work")
  void proposesAnEmptyBlockWhenIdle() {
    start(genesis.block(), List.of());
    step(new Input.TimerFired(new TimerId(TimerId.Kind.IDLE, View.of(1))));
    assertThat(done(Effect.Finalized.class).getFirst().blocks().getFirst().header().type())
        .isEqualTo(BlockType.EMPTY);
  }

  @Test
  @DisplayName("a payload that turns out empty makes no block")
  void makesNoBlockOfNothing() {
    start(genesis.block(), List.of());
    order();
    assertThat(done(Effect.Finalized.class)).isEmpty();
    assertThat(done(Effect.BuildPayload.class)).hasSize(1);
  }

  @Test
  @DisplayName("2.4: after a crash all promised blocks are final again, in order")
  void resumesWhatItPromised() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(2)), UNUSED));
    var before = done(Effect.Finalized.class);
    start(genesis.block(), List.copyOf(disk));
    assertThat(done(Effect.Finalized.class)).isEqualTo(before);
    order(Fakes.transaction(3));
    assertThat(done(Effect.Finalized.class).getLast().blocks().getFirst().height())
        .isEqualTo(Height.of(3));
  }

  @Test
  @DisplayName("2.4: a promised block that does not follow the stored ledger stops the validator")
  void refusesAForeignJournal() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    var journal = List.copyOf(disk);
    var other = new Block(genesis.block().header(), genesis.block().cut(), List.of());
    var foreign = journal.stream().filter(p -> p instanceof Promise.BlockHeld).toList();
    disk.clear();
    start(other, List.of());
    order(Fakes.transaction(9));
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(10)), UNUSED));
    var second = disk.stream().filter(p -> p instanceof Promise.BlockHeld).skip(1).toList();
    assertThat(foreign).hasSize(1);
    assertThatThrownBy(() -> start(genesis.block(), second)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("2.4 pruning: what is stored is forgotten with the next group")
  void forgetsWhatIsStored() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    var first = done(Effect.Finalized.class).getFirst().blocks().getFirst();
    step(new Input.BlockStored(View.of(1), Height.of(1)));
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(2)), UNUSED));
    assertThat(disk).contains(new Promise.FinalUpTo(View.of(1), first.hash()));
  }

  @Test
  @DisplayName("2.11: the newest state attested below a block stands in its header")
  void carriesTheNewestAttestedState() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    var attested = attestation(1);
    step(new Input.StateCertified(certified(attested)));
    step(new Input.StateCertified(certified(attestation(0))));
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(2)), UNUSED));
    var content = lastBlock().header().content();
    assertThat(content.stateHeight()).isEqualTo(Height.of(1));
    assertThat(content.stateCertificate())
        .isEqualTo(Sha256.hash(WireWriter.encode(attested::writeTo)));

    // A state of the block's own height cannot stand in it.
    step(new Input.StateCertified(certified(attestation(3))));
    step(new Input.PayloadBuilt(View.of(3), List.of(Fakes.transaction(3)), UNUSED));
    assertThat(lastBlock().header().content().stateHeight()).isEqualTo(Height.of(1));
    step(new Input.PayloadBuilt(View.of(4), List.of(Fakes.transaction(4)), UNUSED));
    assertThat(lastBlock().header().content().stateHeight()).isEqualTo(Height.of(3));
  }

  private static Certificate certified(Statement.StateAttest attested) {
    return Certificate.of(attested, List.of(Fakes.vote(attested, SELF)));
  }

  private static Statement.StateAttest attestation(long height) {
    return new Statement.StateAttest(
        Epoch.ZERO, Height.of(height), Hash.ZERO, Hash.ZERO, Hash.ZERO);
  }

  private Block lastBlock() {
    return done(Effect.Finalized.class).getLast().blocks().getFirst();
  }

  @Test
  @DisplayName("2.2: a block holds exactly as many bytes as it may")
  void takesAPayloadAtTheLimitAndNoneAboveIt() {
    int bytes = Fakes.transaction(1).encodedLength();
    var tight = new LedgerParameters(bytes, 600_000, 4_000_000, 1, 5_000);
    var small = Fakes.genesis(1, "solo", tight);
    engine = new SoloEngine(small, SELF);
    step(new Input.Started(new Recovered(List.of(), small.block(), Optional.empty())));
    order(Fakes.transaction(1));
    assertThat(done(Effect.Finalized.class)).hasSize(1);
    var two = List.of(Fakes.transaction(2), Fakes.transaction(3));
    assertThatThrownBy(() -> step(new Input.PayloadBuilt(View.of(2), two, UNUSED)))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("W9: block time is the clock's, and the idle timer runs in every view")
  void followsTheClock() {
    start(genesis.block(), List.of());
    step(new Input.TimerFired(new TimerId(TimerId.Kind.IDLE, View.of(7))));
    assertThat(done(Effect.Finalized.class)).as("the timer of another view").isEmpty();
    order(Fakes.transaction(1));
    assertThat(lastBlock().header().time()).isEqualTo(LedgerTime.ofMillis(2_000_000));
    assertThat(done(Effect.SetTimer.class).stream().map(Effect.SetTimer::timer))
        .containsExactly(
            new TimerId(TimerId.Kind.IDLE, View.of(1)), new TimerId(TimerId.Kind.IDLE, View.of(2)));
  }

  @Test
  @DisplayName("2.4: only the signature of the block that waits makes it final")
  void waitsForItsOwnSignature() {
    start(genesis.block(), List.of());
    diskHeld = true;
    order(Fakes.transaction(1));
    var other = new Statement.Finalize(Epoch.ZERO, View.of(1), Hash.ZERO);
    step(new Input.StatementSigned(other, Fakes.sign(other, SELF)));
    assertThat(done(Effect.Finalized.class)).isEmpty();
  }

  @Test
  @DisplayName("2.4: groups of promises are numbered in their order")
  void numbersItsPromises() {
    start(genesis.block(), List.of());
    order(Fakes.transaction(1));
    step(new Input.PayloadBuilt(View.of(2), List.of(Fakes.transaction(2)), UNUSED));
    var sequences = done(Effect.Persist.class).stream().map(Effect.Persist::sequence).toList();
    assertThat(sequences).hasSize(2).isSorted().doesNotHaveDuplicates();
  }
}
