package dev.sampo.core.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.TrustedMessages;
import dev.sampo.core.testing.TestBatches;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mempool of validator 0 of four, whose peers are played by the test. Its host signs at once,
 * and syncs at once unless the disk is held.
 */
final class MempoolProbe {

  static final ValidatorIndex SELF = ValidatorIndex.of(0);

  final TestLedger ledger;
  private final List<MempoolEffect> done = new ArrayList<>();
  private final Map<MempoolTimer, Long> timers = new LinkedHashMap<>();
  private MempoolMachine machine;
  private LaneVoice voice = LaneVoice.SPEAKS;
  private boolean diskHeld;
  private Optional<MempoolEffect.Store> storing = Optional.empty();
  private long nanos = Duration.ofHours(1).toNanos();

  MempoolProbe() {
    this(LaneParameters.DEFAULT);
  }

  MempoolProbe(LaneParameters lanes) {
    this(lanes, Verification.EVERY_VALIDATOR);
  }

  private MempoolProbe(LaneParameters lanes, Verification verification) {
    this(
        new LedgerParameters(64 << 10, 600_000, 4_000_000, 1, 5_000)
            .withLanes(lanes)
            .withVerification(verification));
  }

  MempoolProbe(LedgerParameters parameters) {
    ledger = new TestLedger(parameters);
    machine = open();
  }

  /** X11: of a ledger where execution relies on what was attested. */
  static MempoolProbe attested() {
    return new MempoolProbe(LaneParameters.DEFAULT, Verification.ATTESTED);
  }

  private MempoolMachine open() {
    return new MempoolMachine(ledger.genesis, SELF, Mempool.Limits.DEFAULT, ledger.store, voice);
  }

  /** RE4: the same, of a validator that has lost its records. */
  MempoolProbe silent() {
    voice = LaneVoice.SILENT;
    restart();
    return this;
  }

  /** Nothing is left but the disk. */
  void restart() {
    ledger.restart();
    storing = Optional.empty();
    diskHeld = false;
    timers.clear();
    done.clear();
    machine = open();
    step(new MempoolInput.Started());
  }

  // What happens to the mempool.

  void step(MempoolInput input) {
    var wall = LedgerTime.ofMillis(TestLedger.START + 1);
    perform(machine.step(input, new Moment(nanos, wall)));
  }

  void submit(SignedTransaction transaction) {
    step(new MempoolInput.Submitted(transaction));
  }

  void receive(int from, MempoolMessage message) {
    step(new MempoolInput.MessageReceived(ValidatorIndex.of(from), TrustedMessages.of(message)));
  }

  /** From its owner, without a proof. */
  void receive(Batch batch) {
    receive(batch.lane().number(), new BatchAppended(batch, Optional.empty()));
  }

  void prove(Batch batch) {
    prove(TestBatches.proof(batch, 1, 2));
  }

  void prove(Certificate proof) {
    receive(1, new AvailabilityProofs(List.of(proof)));
  }

  /** The lane loses its good standing: a batch came whose parent had to be asked for. */
  void suspect(int lane) {
    receive(TestBatches.batch(lane, 0, new Tip(Height.of(5), Hash.ZERO), transfer(7_777)));
    passMillis(50);
  }

  /** The host's workers are done with a batch: all valid, or not the entry at this place. */
  void judge(Batch batch, Integer... invalid) {
    step(new MempoolInput.Judged(batch.lane(), batch.tip(), Arrays.stream(invalid).findFirst()));
  }

  /** What the host's workers were given to check. */
  List<Batch> checked() {
    return effects(MempoolEffect.Verify.class).stream().map(MempoolEffect.Verify::batch).toList();
  }

  void acknowledge(Batch batch, int... signers) {
    for (int signer : signers) {
      receive(signer, new BatchAck(Fakes.vote(batch.ack(), ValidatorIndex.of(signer))));
    }
  }

  MempoolEffect.Payload payload(Cut parent) {
    return payload(parent, 1_000);
  }

  /** For a block that may order so many batches. */
  MempoolEffect.Payload payload(Cut parent, int batchesMax) {
    step(new MempoolInput.PayloadWanted(View.of(1), List.of(), parent, 64 << 10, batchesMax));
    return effects(MempoolEffect.Payload.class).getLast();
  }

  void wantAvailable(long view, Cut parent, Cut cut, int proposer) {
    step(
        new MempoolInput.AvailabilityWanted(
            View.of(view), cut.root(), parent, cut, ValidatorIndex.of(proposer)));
  }

  /** The block that orders up to {@code cut} on top of {@code parent}. */
  Block block(Block parent, Cut cut, SignedTransaction... inline) {
    long time = parent.header().time().millis() + 1;
    var header = ledger.child(parent, time, List.of(inline)).header();
    var c = header.content();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            header.type(),
            new BlockHeader.Content(
                cut.root(),
                c.inlineRoot(),
                c.validatorSet(),
                c.nextValidatorSet(),
                c.stateHeight(),
                c.stateCertificate())),
        cut,
        List.of(inline));
  }

  /** The same block, but for the state that it refers to. */
  static Block referringTo(long state, Block block) {
    var header = block.header();
    var c = header.content();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            header.type(),
            new BlockHeader.Content(
                c.cutRoot(),
                c.inlineRoot(),
                c.validatorSet(),
                c.nextValidatorSet(),
                Height.of(state),
                c.stateCertificate())),
        block.cut(),
        block.inline());
  }

  /** By one proof, that of the last. */
  void makeFinal(Block... blocks) {
    var last = blocks[blocks.length - 1];
    step(new MempoolInput.BlocksFinal(List.of(blocks), ledger.finality(last)));
  }

  /** Executes and stores what the mempool handed on. */
  void execute() {
    for (var execute : List.copyOf(effects(MempoolEffect.Execute.class))) {
      for (var ordered : execute.blocks()) {
        var executed = ledger.run(ordered);
        step(new MempoolInput.BlockExecuted(ordered, executed.results()));
      }
    }
  }

  /** Lets time pass and fires what is due, in order. */
  void pass(Duration span) {
    long end = nanos + span.toNanos();
    while (true) {
      var next =
          timers.entrySet().stream()
              .filter(timer -> timer.getValue() <= end)
              .min(Comparator.comparingLong(Map.Entry::getValue));
      if (next.isEmpty()) {
        break;
      }
      nanos = Math.max(nanos, next.get().getValue());
      timers.remove(next.get().getKey());
      step(new MempoolInput.TimerFired(next.get().getKey()));
    }
    nanos = end;
  }

  void passMillis(long millis) {
    pass(Duration.ofMillis(millis));
  }

  /** From now on nothing reaches the disk. */
  void holdDisk() {
    diskHeld = true;
  }

  /** Writes what waits for the disk, and holds it again. */
  void sync() {
    var store = storing.orElseThrow();
    storing = Optional.empty();
    ledger.store.commit(store.writes());
    step(new MempoolInput.Stored(store.sequence()));
  }

  // What the mempool did since the last forget().

  void forget() {
    done.clear();
  }

  <E extends MempoolEffect> List<E> effects(Class<E> kind) {
    return done.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<MempoolEffect> effects() {
    return List.copyOf(done);
  }

  <M extends PeerMessage> List<M> sent(Class<M> kind) {
    return effects(MempoolEffect.Send.class).stream()
        .map(MempoolEffect.Send::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  <M extends PeerMessage> List<M> sentTo(int peer, Class<M> kind) {
    return effects(MempoolEffect.Send.class).stream()
        .filter(send -> send.recipients().contains(ValidatorIndex.of(peer)))
        .map(MempoolEffect.Send::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** The batches of the own lane that were sent, to whomever. */
  List<Batch> batchesSent() {
    return sent(BatchAppended.class).stream().map(BatchAppended::batch).toList();
  }

  /** What was to be signed, batches and acknowledgements. */
  List<Statement> signed() {
    return effects(MempoolEffect.Sign.class).stream().map(MempoolEffect.Sign::statement).toList();
  }

  boolean isStored(Batch batch) {
    return LaneRows.batch(ledger.store, batch.lane(), batch.tip()).isPresent();
  }

  /** The views in which the batches of a block are available. */
  List<View> available() {
    return effects(MempoolEffect.Available.class).stream()
        .map(MempoolEffect.Available::view)
        .toList();
  }

  /** Who was asked for batches, one after the other. */
  List<Integer> asked() {
    var asked = new ArrayList<Integer>();
    for (var send : effects(MempoolEffect.Send.class)) {
      if (send.message() instanceof BatchRequest) {
        assertThat(send.recipients()).hasSize(1);
        asked.add(send.recipients().getFirst().number());
      }
    }
    return asked;
  }

  List<Block> executedBlocks() {
    return effects(MempoolEffect.Execute.class).stream()
        .flatMap(execute -> execute.blocks().stream())
        .map(OrderedBlock::block)
        .toList();
  }

  boolean hasWork() {
    return machine.hasWork();
  }

  MempoolMachine machine() {
    return machine;
  }

  // Protocol objects.

  Cut unused() {
    return Cut.unused(4);
  }

  SignedTransaction transfer(int salt) {
    return ledger.transfer(TestLedger.ALICE, TestLedger.BOB, 1, salt);
  }

  /** So many that the inline share of this validator is used up, and the last goes to the lane. */
  List<SignedTransaction> load() {
    var all = new ArrayList<SignedTransaction>();
    for (int salt = 1; !isInLane(all); salt++) {
      all.add(transfer(salt));
      submit(all.getLast());
    }
    return all;
  }

  private boolean isInLane(List<SignedTransaction> submitted) {
    return !submitted.isEmpty() && timers.containsKey(MempoolTimer.BATCH);
  }

  /** A batch of the own lane, once the disk has it. */
  Batch appendOwn() {
    load();
    passMillis(10);
    assertThat(batchesSent()).isNotEmpty();
    return batchesSent().getLast();
  }

  static BatchRequest request(Height above, Batch batch) {
    return new BatchRequest(Epoch.ZERO, batch.lane(), above, batch.tip());
  }

  private void perform(List<MempoolEffect> effects) {
    for (var effect : effects) {
      done.add(effect);
      switch (effect) {
        case MempoolEffect.Store store -> {
          assertThat(storing).as("one group at a time").isEmpty();
          storing = Optional.of(store);
          if (!diskHeld) {
            sync();
          }
        }
        case MempoolEffect.Sign(var statement) ->
            step(new MempoolInput.Signed(statement, Fakes.sign(statement, SELF)));
        case MempoolEffect.SetTimer(var timer, var delay) ->
            timers.put(timer, nanos + delay.toNanos());
        case MempoolEffect.Answer a -> {}
        case MempoolEffect.Send s -> {}
        case MempoolEffect.Payload p -> {}
        case MempoolEffect.Available a -> {}
        case MempoolEffect.Work w -> {}
        case MempoolEffect.IncarnationsStored i -> {}
        case MempoolEffect.Execute e -> {}
        case MempoolEffect.Expired e -> {}
        case MempoolEffect.ReportEvidence e -> {}
        case MempoolEffect.Verify v -> {} // answered by the test
        case MempoolEffect.Halt h -> {}
        case MempoolEffect.ReportDataLost d -> {}
      }
    }
  }
}
