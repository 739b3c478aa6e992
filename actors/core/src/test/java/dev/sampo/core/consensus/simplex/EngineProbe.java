package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.message.TrustedMessages;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One engine whose peers are played by the test; its host signs at once and syncs unless held. */
final class EngineProbe {

  /** Local time of the first step; blocks of {@link #block} are a little older. */
  private static final long START_MILLIS = 2_000_000;

  final Genesis genesis;
  final ValidatorIndex self;
  final List<Promise> disk = new ArrayList<>();
  private final ConsensusEngine engine;
  private final DurabilityGate gate = new DurabilityGate();
  private final List<Effect> done = new ArrayList<>();
  private final Map<TimerId, Long> timers = new LinkedHashMap<>();
  private boolean diskHeld;
  private Optional<Effect.Persist> waiting = Optional.empty();
  private long nanos = Duration.ofHours(1).toNanos();

  private EngineProbe(Genesis genesis, ValidatorIndex self) {
    this.genesis = genesis;
    this.self = self;
    this.engine = new RecoveringEngine(genesis, self);
  }

  /** Of four validators, the one that leads view 4: a voter in views 1 to 3. */
  static EngineProbe voter() {
    return leaderOf(4, 4);
  }

  static EngineProbe leaderOf(int view, int validators) {
    return fresh(validators, Leaders.of(Fakes.genesis(validators), View.of(view))).voting();
  }

  /** Started on an empty disk, before any peer has answered. */
  static EngineProbe fresh(int validators, ValidatorIndex self) {
    var genesis = Fakes.genesis(validators);
    return restarted(genesis, self, new Recovered(List.of(), genesis.block(), Optional.empty()));
  }

  /** On a ledger with such parameters: a voter in views 1 to 3. */
  static EngineProbe voter(LedgerParameters parameters) {
    var genesis = Fakes.genesis(4, "simplex", parameters);
    var recovered = new Recovered(List.of(), genesis.block(), Optional.empty());
    return restarted(genesis, Leaders.of(genesis, View.of(4)), recovered).voting();
  }

  static EngineProbe restarted(Genesis genesis, ValidatorIndex self, Recovered recovered) {
    var probe = untold(genesis, self, recovered);
    probe.step(new Input.IncarnationsStored(List.of()));
    return probe;
  }

  /** Its mempool has not said yet which incarnations are on disk. */
  static EngineProbe untold(Genesis genesis, ValidatorIndex self, Recovered recovered) {
    var probe = new EngineProbe(genesis, self);
    probe.step(new Input.Started(recovered));
    return probe;
  }

  /** The same validator after a crash that left nothing but the disk. */
  EngineProbe restart() {
    return restarted(genesis, self, new Recovered(disk, genesis.block(), Optional.empty()));
  }

  /** All peers have answered: votes may be cast. */
  EngineProbe voting() {
    for (var peer : peers()) {
      receive(peer, new Status(Epoch.ZERO, View.of(1), View.ZERO, Height.ZERO, List.of()));
    }
    done.clear();
    return this;
  }

  List<ValidatorIndex> peers() {
    return genesis.validators().indices().stream().filter(i -> !i.equals(self)).toList();
  }

  ValidatorIndex peer(int number) {
    return peers().get(number);
  }

  ValidatorIndex leader(long view) {
    return Leaders.of(genesis, View.of(view));
  }

  View view() {
    return engine.status().view();
  }

  View finalView() {
    return engine.status().finalView();
  }

  Height finalHeight() {
    return engine.status().finalHeight();
  }

  // What happens to the engine.

  void step(Input input) {
    var wall = LedgerTime.ofMillis(START_MILLIS + nanos / 1_000_000);
    perform(gate.admit(engine.step(input, new Moment(nanos, wall))));
  }

  LedgerTime wallClock() {
    return LedgerTime.ofMillis(START_MILLIS + nanos / 1_000_000);
  }

  void receive(ValidatorIndex from, ConsensusMessage message) {
    receive(from, View.ZERO, message);
  }

  void receive(ValidatorIndex from, View lastFinal, ConsensusMessage message) {
    step(new Input.MessageReceived(from, lastFinal, TrustedMessages.of(message)));
  }

  void vote(ValidatorIndex from, Statement statement) {
    receive(from, new ConsensusVote(Fakes.vote(statement, from)));
  }

  /** As many peers as make a quorum without this validator, if there are enough. */
  void votes(Statement statement) {
    peers().stream().limit(genesis.validators().quorum()).forEach(p -> vote(p, statement));
  }

  void certificates(Certificate... certificates) {
    receive(peer(0), new Certificates(List.of(certificates), List.of()));
  }

  void propose(Block block, Certificate... justification) {
    receive(block.header().proposer(), proposal(block, justification));
  }

  void payload(View view, SignedTransaction... transactions) {
    payload(view, Cut.unused(genesis.validators().size()), transactions);
  }

  /** With a cut that may order batches. */
  void payload(View view, Cut cut, SignedTransaction... transactions) {
    step(new Input.PayloadBuilt(view, List.of(transactions), cut));
  }

  void work(boolean waits) {
    step(new Input.WorkChanged(waits));
  }

  void hostBusy(HostPressure pressure) {
    step(new Input.HostBusy(pressure));
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
      step(new Input.TimerFired(next.get().getKey()));
    }
    nanos = end;
  }

  void passMillis(long millis) {
    pass(Duration.ofMillis(millis));
  }

  Optional<Duration> timer(TimerId.Kind kind, long view) {
    return Optional.ofNullable(timers.get(new TimerId(kind, View.of(view))))
        .map(deadline -> Duration.ofNanos(deadline - nanos));
  }

  /** From now on nothing reaches the disk. */
  void holdDisk() {
    diskHeld = true;
  }

  void releaseDisk() {
    diskHeld = false;
    waiting.ifPresent(this::sync);
  }

  // What the engine did since the last forget().

  void forget() {
    done.clear();
  }

  <E extends Effect> List<E> effects(Class<E> kind) {
    return done.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Effect> effects() {
    return List.copyOf(done);
  }

  <M extends ConsensusMessage> List<M> sent(Class<M> kind) {
    return effects(Effect.Send.class).stream()
        .map(Effect.Send::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  <M extends ConsensusMessage> List<M> sentTo(ValidatorIndex peer, Class<M> kind) {
    return effects(Effect.Send.class).stream()
        .filter(send -> send.recipients().contains(peer))
        .map(Effect.Send::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** The votes that left this validator. */
  List<Statement> votes() {
    return sent(ConsensusVote.class).stream().map(v -> v.vote().statement()).toList();
  }

  List<Certificate> certificatesSent() {
    return sent(Certificates.class).stream().flatMap(m -> m.certificates().stream()).toList();
  }

  List<Evidence> evidence() {
    return effects(Effect.ReportEvidence.class).stream()
        .map(Effect.ReportEvidence::evidence)
        .toList();
  }

  List<Block> finalized() {
    return effects(Effect.Finalized.class).stream().flatMap(f -> f.blocks().stream()).toList();
  }

  boolean isHalted() {
    return !effects(Effect.Halt.class).isEmpty();
  }

  List<Promise> promises() {
    return effects(Effect.Persist.class).stream().flatMap(p -> p.promises().stream()).toList();
  }

  // Protocol objects.

  static Statement notarize(Block block) {
    return new Statement.Notarize(Epoch.ZERO, block.view(), block.hash());
  }

  static Statement nullify(long view) {
    return new Statement.Nullify(Epoch.ZERO, View.of(view));
  }

  static Statement finalizes(Block block) {
    return new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
  }

  Certificate certificate(Statement statement) {
    var signers = peers().subList(0, Math.min(peers().size(), genesis.validators().quorum()));
    return Certificate.of(
        statement, signers.stream().map(signer -> Fakes.vote(statement, signer)).toList());
  }

  Certificate notarization(Block block) {
    return certificate(notarize(block));
  }

  Certificate nullification(long view) {
    return certificate(nullify(view));
  }

  Certificate finalization(Block block) {
    return certificate(finalizes(block));
  }

  Block genesisBlock() {
    return genesis.block();
  }

  /** A valid block of the leader of {@code view}. */
  Block block(long view, Block parent, SignedTransaction... transactions) {
    return block(view, parent, UnaryOperator.identity(), transactions);
  }

  /** A block whose header was changed before it was hashed. */
  Block block(
      long view,
      Block parent,
      UnaryOperator<BlockHeader> change,
      SignedTransaction... transactions) {
    var inline = List.of(transactions);
    var before = parent.header().content();
    var content =
        new BlockHeader.Content(
            parent.cut().root(),
            Block.inlineRoot(inline),
            genesis.validatorSetHash(),
            Hash.ZERO,
            before.stateHeight(),
            before.stateCertificate());
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            new BlockHeader.Position(
                Epoch.ZERO, View.of(view), parent.height().next(), parent.hash(), parent.view()),
            parent.header().time().plusMillis(1),
            leader(view),
            inline.isEmpty() ? BlockType.EMPTY : BlockType.NORMAL,
            content);
    return new Block(change.apply(header), parent.cut(), inline);
  }

  /** A block that orders batches too, of the type that goes with it. */
  Block block(long view, Block parent, Cut cut, SignedTransaction... transactions) {
    var header = block(view, parent, transactions).header();
    var c = header.content();
    var content =
        new BlockHeader.Content(
            cut.root(),
            c.inlineRoot(),
            c.validatorSet(),
            c.nextValidatorSet(),
            c.stateHeight(),
            c.stateCertificate());
    var inline = List.of(transactions);
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            ProposalRules.typeOf(cut, parent.cut(), inline),
            content),
        cut,
        inline);
  }

  Proposal proposal(Block block, Certificate... justification) {
    var statement = new Statement.Propose(Epoch.ZERO, block.view(), block.hash());
    return new Proposal(
        block, Fakes.sign(statement, block.header().proposer()), List.of(justification));
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      done.add(effect);
      switch (effect) {
        case Effect.Persist persist -> {
          waiting = Optional.of(persist);
          if (!diskHeld) {
            sync(persist);
          }
        }
        case Effect.Sign(var statement) ->
            step(new Input.StatementSigned(statement, Fakes.sign(statement, self)));
        case Effect.SetTimer(var timer, var delay) -> timers.put(timer, nanos + delay.toNanos());
        case Effect.CancelTimer(var timer) -> timers.remove(timer);
        case Effect.Send s -> {}
        case Effect.BuildPayload b -> {}
        case Effect.CheckAvailability c -> {}
        case Effect.VerifyInline v -> {}
        case Effect.Finalized f -> {}
        case Effect.FetchFinalBlocks f -> {}
        case Effect.ReportEvidence e -> {}
        case Effect.Report r -> {}
        case Effect.AnnounceIncarnation a -> {}
        case Effect.Halt h -> {}
      }
    }
  }

  private void sync(Effect.Persist persist) {
    waiting = Optional.empty();
    disk.addAll(persist.promises());
    perform(gate.persisted(persist.sequence()));
    step(new Input.Persisted(persist.sequence()));
  }
}
