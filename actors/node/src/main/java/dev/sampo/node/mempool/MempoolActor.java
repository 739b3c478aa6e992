package dev.sampo.node.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.mempool.MempoolEffect;
import dev.sampo.core.mempool.MempoolInput;
import dev.sampo.core.mempool.MempoolTimer;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.Verified;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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

/** Hosts the mempool: turns messages into inputs, performs effects, and decides nothing. */
public final class MempoolActor extends AbstractBehavior<MempoolActor.Command> {

  /** What the role is told. All transactions in it have valid signatures. */
  public sealed interface Command {}

  /** {@code answer} completes on the role's thread, which must not be kept. */
  public record Submit(SignedTransaction transaction, CompletableFuture<Admission> answer)
      implements Command {}

  /**
   * Asks, while there is no {@link Room}, whether the transaction would be refused for that; its
   * signature need not be checked. {@code answer} as in {@link Submit}.
   */
  public record Screen(
      SignedTransaction transaction, CompletableFuture<Optional<RejectionCode>> answer)
      implements Command {}

  /** A checked message; {@code handled} completes once it is looked at (back-pressure). */
  public record Deliver(
      ValidatorIndex from,
      Verified<? extends MempoolMessage> message,
      CompletableFuture<Done> handled)
      implements Command {}

  public record GreetPeer(ValidatorIndex peer) implements Command {}

  public record Build(View view, List<Block> ancestors, Cut parent, int bytesMax, int batchesMax)
      implements Command {}

  public record CheckAvailability(
      View view, Hash block, Cut parent, Cut cut, ValidatorIndex proposer) implements Command {}

  /** Final blocks that follow those of the last such command. */
  public record OrderFinal(List<Block> blocks, FinalityProof proof) implements Command {}

  /** This incarnation of the validator lives (RE4). */
  public record AnnounceIncarnation(int incarnation) implements Command {}

  /** The block at the ledger's end was executed and stored. */
  public record NoteExecuted(OrderedBlock block, List<TransactionResult> results)
      implements Command {}

  /** Tells {@code consensus} what concerns it, and at once what it must know to begin with. */
  public record ServeConsensus(ActorRef<Event> consensus) implements Command {}

  /** Final blocks with their batches go to {@code execution}. */
  public record ServeExecution(ActorRef<Ordered> execution) implements Command {}

  /** Asks whether the transaction waits here; {@code answer} as in {@link Submit}. */
  public record Find(TransactionId id, CompletableFuture<Boolean> answer) implements Command {}

  public record GetLevel(ActorRef<Level> replyTo) implements Command {}

  private record TimerElapsed(MempoolTimer timer) implements Command {}

  private record Written(long sequence) implements Command {}

  private record BatchJudged(Batch batch, Optional<Integer> invalid) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  /** What consensus is told. */
  public sealed interface Event {}

  /** What a block of {@code view} may order. */
  public record Payload(View view, List<SignedTransaction> transactions, Cut cut)
      implements Event {}

  /** Everything that the block orders is available (N4). */
  public record Available(View view, Hash block) implements Event {}

  /** Whether something waits to be ordered. */
  public record Work(boolean waiting) implements Event {}

  /** The newest incarnations of others are on disk (RE4). */
  public record IncarnationsStored(List<Vote> announcements) implements Event {}

  /** Final blocks with all that they order. */
  public record Ordered(List<OrderedBlock> blocks, FinalityProof proof) {}

  /** How full the mempool is. */
  public record Level(int transactions, long bytes) {}

  private final TimerScheduler<Command> timers;
  private final MempoolSettings settings;
  private final ArrayDeque<MempoolEffect> due = new ArrayDeque<>();
  private final List<ActorRef<Event>> consensus = new ArrayList<>(1);
  private final List<ActorRef<Ordered>> execution = new ArrayList<>(1);

  private MempoolActor(
      ActorContext<Command> context, TimerScheduler<Command> timers, MempoolSettings settings) {
    super(context);
    this.timers = timers;
    this.settings = settings;
  }

  public static Behavior<Command> create(MempoolSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new MempoolActor(context, timers, settings).start()));
  }

  private MempoolActor start() {
    step(new MempoolInput.Started());
    return this;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Submit(var transaction, var answer) -> onSubmit(transaction, answer);
      case Screen(var transaction, var answer) ->
          answer.complete(settings.machine().closedTo(transaction));
      case Deliver(var from, var message, var handled) -> {
        step(new MempoolInput.MessageReceived(from, message));
        handled.complete(Done.getInstance());
      }
      case GreetPeer(var peer) -> step(new MempoolInput.PeerConnected(peer));
      case Build(var view, var ancestors, var parent, int bytesMax, int batchesMax) ->
          step(new MempoolInput.PayloadWanted(view, ancestors, parent, bytesMax, batchesMax));
      case CheckAvailability(var view, var block, var parent, var cut, var proposer) ->
          step(new MempoolInput.AvailabilityWanted(view, block, parent, cut, proposer));
      case OrderFinal(var blocks, var proof) -> step(new MempoolInput.BlocksFinal(blocks, proof));
      case AnnounceIncarnation(int incarnation) ->
          step(new MempoolInput.IncarnationSettled(incarnation));
      case NoteExecuted(var block, var results) ->
          step(new MempoolInput.BlockExecuted(block, results));
      case ServeConsensus(var served) -> {
        consensus.add(served);
        served.tell(new IncarnationsStored(settings.machine().announcements()));
        served.tell(new Work(settings.machine().hasWork()));
      }
      case ServeExecution(var served) -> execution.add(served);
      case Find(var id, var answer) -> answer.complete(settings.machine().isWaiting(id));
      case GetLevel(var replyTo) ->
          replyTo.tell(new Level(settings.machine().count(), settings.machine().bytes()));
      case TimerElapsed(var timer) -> step(new MempoolInput.TimerFired(timer));
      case Written(long sequence) -> step(new MempoolInput.Stored(sequence));
      case BatchJudged(var batch, var invalid) ->
          step(new MempoolInput.Judged(batch.lane(), batch.tip(), invalid));
      case Failed(var cause) ->
          settings.failStop().stop("batches could not be stored or checked", cause);
    }
    return this;
  }

  /** The answer is the first effect. */
  private void onSubmit(SignedTransaction transaction, CompletableFuture<Admission> answer) {
    due.addAll(settings.machine().step(new MempoolInput.Submitted(transaction), now()));
    if (due.poll() instanceof MempoolEffect.Answer(var admission)) {
      answer.complete(admission);
    }
    performDue();
  }

  private void step(MempoolInput input) {
    due.addAll(settings.machine().step(input, now()));
    performDue();
  }

  /** Signing feeds the machine again, so effects may grow while they are performed. */
  private void performDue() {
    for (var effect = due.poll(); effect != null; effect = due.poll()) {
      perform(effect);
    }
    settings.room().set(settings.machine().isOpen());
  }

  private void perform(MempoolEffect effect) {
    switch (effect) {
      case MempoolEffect.Answer answered -> {} // told by whoever submitted
      case MempoolEffect.Send(var recipients, var message) ->
          settings.outbound().send(recipients, message);
      case MempoolEffect.Store(long sequence, var writes) -> store(sequence, writes);
      case MempoolEffect.Verify(var batch) -> verify(batch);
      case MempoolEffect.Sign(var statement) -> sign(statement);
      case MempoolEffect.Payload(var view, var transactions, var cut) ->
          tellConsensus(new Payload(view, transactions, cut));
      case MempoolEffect.Available(var view, var block) ->
          tellConsensus(new Available(view, block));
      case MempoolEffect.IncarnationsStored(var announcements) ->
          tellConsensus(new IncarnationsStored(announcements));
      case MempoolEffect.Work(boolean waiting) -> tellConsensus(new Work(waiting));
      case MempoolEffect.Execute(var blocks, var proof) ->
          execution.forEach(served -> served.tell(new Ordered(blocks, proof)));
      case MempoolEffect.Expired(var ids, var height) -> settings.observer().expired(ids, height);
      case MempoolEffect.SetTimer(var timer, var delay) -> setTimer(timer, delay);
      case MempoolEffect.ReportEvidence(var evidence) ->
          settings.observer().evidenceFound(evidence);
      case MempoolEffect.ReportDataLost(var lane, var batch) ->
          settings.observer().dataLost(lane, batch);
      case MempoolEffect.Halt(var reason) -> settings.failStop().stop(reason, null);
    }
  }

  private void store(long sequence, WriteSet writes) {
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> settings.store().commit(writes), settings.storage()),
            (done, failure) -> failure == null ? new Written(sequence) : new Failed(failure));
  }

  private void verify(Batch batch) {
    getContext()
        .pipeToSelf(
            settings.signatures().firstInvalid(batch.transactions()),
            (invalid, failure) ->
                failure == null ? new BatchJudged(batch, invalid) : new Failed(failure));
  }

  private void sign(Statement statement) {
    var signature = settings.signer().sign(statement.digest(settings.ledger()));
    step(new MempoolInput.Signed(statement, signature));
  }

  /** Even at once it waits behind what is in the mailbox, which then shares its frame. */
  private void setTimer(MempoolTimer timer, Duration delay) {
    if (delay.isZero()) {
      timers.cancel(timer);
      getContext().getSelf().tell(new TimerElapsed(timer));
    } else {
      timers.startSingleTimer(timer, new TimerElapsed(timer), delay);
    }
  }

  private void tellConsensus(Event event) {
    consensus.forEach(served -> served.tell(event));
  }

  private static Moment now() {
    return new Moment(System.nanoTime(), LedgerTime.ofMillis(System.currentTimeMillis()));
  }
}
