package dev.sampo.node.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.EngineEvent.Recovering;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.Verified;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.sync.SyncActor;
import dev.sampo.persistence.journal.PromiseJournal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Hosts the consensus engine: turns messages into inputs, performs effects, and decides nothing.
 */
public final class ConsensusActor extends AbstractBehavior<ConsensusActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  /** A checked message; {@code handled} completes once the engine has seen it (back-pressure). */
  public record Deliver(
      ValidatorIndex from,
      View lastFinal,
      Verified<? extends ConsensusMessage> message,
      CompletableFuture<Done> handled)
      implements Command {}

  public record PeerHeard(ValidatorIndex peer) implements Command {}

  public record PeerConnected(ValidatorIndex peer) implements Command {}

  public record PeerSuspected(ValidatorIndex peer) implements Command {}

  /** Whether the host has less time than its ledgers together want (TI7). */
  public record HostBusy(HostPressure pressure) implements Command {}

  public record GetStanding(ActorRef<Standing> replyTo) implements Command {}

  private record MempoolSaid(MempoolActor.Event event) implements Command {}

  private record FinalBlocksCame(SyncActor.Fetched blocks) implements Command {}

  private record ExecutionWentOn(ExecutionActor.Event event) implements Command {}

  private record TimerElapsed(TimerId timer) implements Command {}

  private record PromisesWritten(long sequence) implements Command {}

  private record InlineJudged(View view, Hash block, boolean valid) implements Command {}

  private record CheckFailed(Throwable cause) implements Command {}

  record PromisesRecovered(List<Promise> promises) implements Command {}

  /**
   * Where the engine stands, and the newest view that each validator was heard to vote in.
   *
   * @param recovering present while it takes no part, as its promises are lost (RE1)
   */
  public record Standing(
      EngineStatus engine, Map<ValidatorIndex, View> views, Optional<Recovering> recovering) {}

  private final TimerScheduler<Command> timers;
  private final ConsensusSettings settings;
  private final ConsensusRoles roles;
  private final ActorRef<PromiseJournal.Command> journal;
  private final ActorRef<PromiseJournal.Written> written;
  private final ActorRef<SyncActor.Fetched> fetched;
  private final HeardViews heardViews = new HeardViews();
  private final DurabilityGate gate = new DurabilityGate();
  private final ArrayDeque<Effect> due = new ArrayDeque<>();
  private Optional<Recovering> recovering = Optional.empty();

  private ConsensusActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ConsensusSettings settings,
      ConsensusRoles roles,
      ActorRef<PromiseJournal.Command> journal) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.roles = roles;
    this.journal = journal;
    this.written =
        context.messageAdapter(
            PromiseJournal.Written.class, done -> new PromisesWritten(done.sequence()));
    this.fetched = context.messageAdapter(SyncActor.Fetched.class, FinalBlocksCame::new);
  }

  /** Starts by recovering the promises made before; until then everything else waits. */
  public static Behavior<Command> create(ConsensusSettings settings, ConsensusRoles roles) {
    return ConsensusRecovery.before(
        settings.journal(),
        (promises, journal) ->
            Behaviors.setup(
                context ->
                    Behaviors.withTimers(
                        timers ->
                            new ConsensusActor(context, timers, settings, roles, journal)
                                .start(promises))));
  }

  private ConsensusActor start(List<Promise> promises) {
    step(new Input.Started(recovered(promises)));
    var mempool = getContext().messageAdapter(MempoolActor.Event.class, MempoolSaid::new);
    roles.mempool().tell(new MempoolActor.ServeConsensus(mempool));
    var events = getContext().messageAdapter(ExecutionActor.Event.class, ExecutionWentOn::new);
    roles.execution().tell(new ExecutionActor.Subscribe(events));
    return this;
  }

  private Recovered recovered(List<Promise> promises) {
    var stored = settings.stored();
    var recovered = new Recovered(promises, stored.block(), stored.proof(), stored.ordered());
    return stored
        .lost()
        .filter(_ -> !Recovered.isSettled(promises))
        .map(recovered::asking)
        .orElse(recovered);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Deliver deliver -> onDeliver(deliver);
      case PeerHeard(var peer) -> step(new Input.PeerHeard(peer));
      case PeerConnected(var peer) -> step(new Input.PeerConnected(peer));
      case PeerSuspected(var peer) -> step(new Input.PeerSuspected(peer));
      case HostBusy(var pressure) -> step(new Input.HostBusy(pressure));
      case MempoolSaid(var event) -> step(inputOf(event));
      case FinalBlocksCame(SyncActor.Fetched(var blocks, var proof)) ->
          step(new Input.FinalBlocksFetched(blocks, proof));
      case ExecutionWentOn(var event) -> onExecutionWentOn(event);
      case GetStanding(var replyTo) ->
          replyTo.tell(new Standing(settings.engine().status(), heardViews.snapshot(), recovering));
      case TimerElapsed(var timer) -> step(new Input.TimerFired(timer));
      case PromisesWritten(long sequence) -> onPromisesWritten(sequence);
      case InlineJudged(var view, var block, boolean valid) ->
          step(new Input.InlineJudged(view, block, valid));
      case CheckFailed(var cause) ->
          settings.failStop().stop("a proposal could not be checked", cause);
      case PromisesRecovered again ->
          throw new InvariantViolation("promises are recovered once, got " + again);
    }
    return this;
  }

  private static Input inputOf(MempoolActor.Event event) {
    return switch (event) {
      case MempoolActor.Payload(var view, var transactions, var cut) ->
          new Input.PayloadBuilt(view, transactions, cut);
      case MempoolActor.Available(var view, var block) -> new Input.BatchesAvailable(view, block);
      case MempoolActor.IncarnationsStored(var announcements) ->
          new Input.IncarnationsStored(announcements);
      case MempoolActor.Work(boolean waiting) -> new Input.WorkChanged(waiting);
    };
  }

  private void onExecutionWentOn(ExecutionActor.Event event) {
    switch (event) {
      case ExecutionActor.BlockStored stored ->
          step(new Input.BlockStored(stored.header().view(), stored.header().height()));
      case ExecutionActor.StateCertified(var certificate) ->
          step(new Input.StateCertified(certificate));
    }
  }

  private void onDeliver(Deliver deliver) {
    heardViews.note(deliver.from(), deliver.message().message());
    step(new Input.MessageReceived(deliver.from(), deliver.lastFinal(), deliver.message()));
    deliver.handled().complete(Done.getInstance());
  }

  private void onPromisesWritten(long sequence) {
    step(new Input.Persisted(sequence));
    due.addAll(gate.persisted(sequence));
    performDue();
  }

  private void step(Input input) {
    var flight = ConsensusStep.start();
    var effects = settings.engine().step(input, now());
    flight.stop(input, settings.engine(), effects.size());
    due.addAll(gate.admit(effects));
    performDue();
  }

  /** Signing feeds the engine again, so effects may grow while they are performed. */
  private void performDue() {
    for (var effect = due.poll(); effect != null; effect = due.poll()) {
      perform(effect);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist(long sequence, var promises) ->
          journal.tell(new PromiseJournal.Command.Write(sequence, promises, written));
      case Effect.Sign(var statement) -> onSign(statement);
      case Effect.Send send ->
          roles.outbound().send(send.recipients(), send.lastFinal(), send.message());
      case Effect.SetTimer(var timer, var delay) ->
          timers.startSingleTimer(timer, new TimerElapsed(timer), delay);
      case Effect.CancelTimer(var timer) -> timers.cancel(timer);
      case Effect.BuildPayload(var view, var ancestors, var parent, int bytesMax, int batchesMax) ->
          roles
              .mempool()
              .tell(new MempoolActor.Build(view, ancestors, parent, bytesMax, batchesMax));
      case Effect.CheckAvailability(var view, var block, var parent, var cut, var proposer) ->
          roles
              .mempool()
              .tell(new MempoolActor.CheckAvailability(view, block, parent, cut, proposer));
      case Effect.VerifyInline(var block) -> onVerifyInline(block);
      case Effect.Finalized(var blocks, var proof) -> onFinalized(blocks, proof);
      case Effect.FetchFinalBlocks(var from, var target, var holders) ->
          roles.sync().tell(new SyncActor.Fetch(from, target, holders, fetched));
      case Effect.AnnounceIncarnation(int incarnation) ->
          roles.mempool().tell(new MempoolActor.AnnounceIncarnation(incarnation));
      case Effect.ReportEvidence(var evidence) -> settings.observer().evidenceFound(evidence);
      case Effect.Report(var event) -> onReport(event);
      case Effect.Halt(var reason) -> settings.failStop().stop(reason, null);
    }
  }

  private void onReport(EngineEvent event) {
    if (event instanceof Recovering waits) {
      recovering = Optional.of(waits);
    } else if (event instanceof EngineEvent.RecoverySettled) {
      recovering = Optional.empty();
    }
    settings.observer().reported(event);
  }

  /** On the workers: this actor never checks a signature. */
  private void onVerifyInline(Block block) {
    getContext()
        .pipeToSelf(
            settings.signatures().firstInvalid(block.inline()),
            (invalid, failure) ->
                failure == null
                    ? new InlineJudged(block.view(), block.hash(), invalid.isEmpty())
                    : new CheckFailed(failure));
  }

  private void onSign(Statement statement) {
    var signature = settings.signer().sign(statement.digest(settings.ledger()));
    step(new Input.StatementSigned(statement, signature));
  }

  private void onFinalized(List<Block> blocks, FinalityProof proof) {
    roles.mempool().tell(new MempoolActor.OrderFinal(blocks, proof));
    roles.sync().tell(new SyncActor.NoteFinal(blocks.getLast().height()));
  }

  private Moment now() {
    return new Moment(System.nanoTime(), LedgerTime.ofMillis(System.currentTimeMillis()));
  }
}
