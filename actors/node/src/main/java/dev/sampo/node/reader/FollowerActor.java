package dev.sampo.node.reader;

import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.sync.FollowEffect;
import dev.sampo.core.sync.FollowFinding;
import dev.sampo.core.sync.FollowInput;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.FollowQuery;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.mempool.MempoolActor.Ordered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Follows one ledger: asks validators' replicas for what is final, has it checked, and hands it to
 * execution. Says how far it is.
 */
public final class FollowerActor extends AbstractBehavior<FollowerActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  /** Final blocks go there. */
  record ServeExecution(ActorRef<Ordered> blocks) implements Command {}

  /** Certificates go there, and what it has stored is heard from it. */
  record Begin(ActorRef<ExecutionActor.Command> execution) implements Command {}

  record GetStatus(ActorRef<StatusView> replyTo) implements Command {}

  record GetReadiness(ActorRef<Readiness> replyTo) implements Command {}

  record NoteCluster(int membersUp) implements Command {}

  /** From now on the node is not ready: it is about to stop. */
  record BeginDrain() implements Command {}

  private record ExecutionWentOn(ExecutionActor.Event event) implements Command {}

  private record Checked(String source, FollowFinding finding) implements Command {}

  private record NoAnswer(String source) implements Command {}

  private record Kept() implements Command {}

  private record Judged(Ordered ordered, Optional<Integer> invalid) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private enum Pause implements Command {
    OVER
  }

  private enum Look implements Command {
    NOW
  }

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  /** Whom it speaks to, once it knows both. */
  private record Execution(ActorRef<Ordered> blocks, ActorRef<ExecutionActor.Command> role) {}

  private final TimerScheduler<Command> timers;
  private final FollowerParts parts;
  private final ReaderBoard board;
  private final ReaderMetrics metrics;
  private Optional<ActorRef<Ordered>> blocks = Optional.empty();
  private Optional<ActorRef<ExecutionActor.Command>> role = Optional.empty();
  private @Nullable Execution execution;

  private FollowerActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      FollowerParts parts,
      ReaderBoard board,
      ReaderMetrics metrics) {
    super(context);
    this.timers = timers;
    this.parts = parts;
    this.board = board;
    this.metrics = metrics;
  }

  static Behavior<Command> create(FollowerParts parts, ReaderBoard board, ReaderMetrics metrics) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new FollowerActor(context, timers, parts, board, metrics)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case ServeExecution(var to) -> {
        blocks = Optional.of(to);
        beginIfComplete();
      }
      case Begin(var to) -> {
        role = Optional.of(to);
        beginIfComplete();
      }
      case GetStatus(var replyTo) -> replyTo.tell(board.status());
      case GetReadiness(var replyTo) -> replyTo.tell(board.readiness(System.nanoTime()));
      case NoteCluster(int membersUp) -> board.noteCluster(membersUp);
      case BeginDrain _ -> board.beginDrain();
      case ExecutionWentOn(var event) -> onExecution(event);
      case Checked(var source, var finding) -> onChecked(source, finding);
      case NoAnswer(var source) -> {
        metrics.unanswered();
        step(new FollowInput.Unanswered(source));
      }
      case Kept _ -> step(new FollowInput.BatchesKept());
      case Judged(var ordered, var invalid) -> onJudged(ordered, invalid);
      case Failed(var cause) -> parts.failStop().stop("what is followed cannot be stored", cause);
      case Pause _ -> step(new FollowInput.PauseOver());
      case Look _ -> onLook();
    }
    return this;
  }

  private void beginIfComplete() {
    if (blocks.isPresent() && role.isPresent()) {
      execution = new Execution(blocks.get(), role.get());
      var events = getContext().messageAdapter(ExecutionActor.Event.class, ExecutionWentOn::new);
      role.get().tell(new ExecutionActor.Subscribe(events));
      timers.startTimerWithFixedDelay(Look.NOW, Duration.ZERO, LOOK_INTERVAL);
    }
  }

  private void onLook() {
    board.takeSample(System.nanoTime());
    metrics.behind(board.behind());
    step(new FollowInput.SourcesKnown(parts.replicas().of(parts.genesis().ledgerId())));
  }

  private void onExecution(ExecutionActor.Event event) {
    switch (event) {
      case ExecutionActor.BlockStored(var header, var root, int count) -> {
        board.noteStored(header, root, count);
        step(new FollowInput.Executed(header.height()));
      }
      case ExecutionActor.StateCertified(var certificate) -> board.noteCertified(certificate);
    }
  }

  private void onChecked(String source, FollowFinding finding) {
    step(new FollowInput.Answered(source, finding));
    if (finding instanceof FollowFinding.NewBlocks) {
      board.noteHeard(System.nanoTime(), parts.follower().isAheadOfAll(ReaderBoard.BEHIND_MAX));
    }
  }

  private void step(FollowInput input) {
    for (var effect : parts.follower().step(input)) {
      switch (effect) {
        case FollowEffect.AskBlocks(var source, var from, var certifiedFrom) ->
            ask(
                source,
                new FollowQuery.Blocks(from, certifiedFrom),
                answer -> parts.check().blocks(from, answer));
        case FollowEffect.AskBatches(var source, var request) ->
            ask(
                source,
                new FollowQuery.Batches(request),
                answer -> parts.check().batches(request, answer));
        case FollowEffect.Keep(var batches) ->
            keep(new WriteSet(batches.stream().map(LaneRows::put).toList()));
        case FollowEffect.Certify(var certificates) ->
            began()
                .role()
                .tell(new ExecutionActor.TakeCertificates(certificates, new CompletableFuture<>()));
        case FollowEffect.Execute(var ordered, var proof) -> execute(new Ordered(ordered, proof));
        case FollowEffect.Pause(var pause) -> timers.startSingleTimer(Pause.OVER, pause);
        case FollowEffect.Distrust(var source, var reason) -> metrics.distrusted(source, reason);
        case FollowEffect.Halt(var reason) -> parts.failStop().stop(reason, null);
      }
    }
  }

  /** Nothing is asked for before. */
  private Execution began() {
    var known = execution;
    if (known == null) {
      throw new IllegalStateException("followed before there was an execution");
    }
    return known;
  }

  /**
   * Answers are checked by the workers, one after the other, as there is one question at a time.
   */
  private void ask(
      String source, FollowQuery query, Function<List<PeerMessage>, FollowFinding> check) {
    var checked =
        parts
            .replicas()
            .ask(source, parts.genesis().ledgerId(), query)
            .thenApplyAsync(
                answer ->
                    answer
                        .map(check)
                        .orElseGet(() -> new FollowFinding.Lie("what cannot be decoded")),
                parts.executors().workers());
    getContext()
        .pipeToSelf(
            checked,
            (finding, failure) ->
                failure == null ? new Checked(source, finding) : new NoAnswer(source));
  }

  private void keep(WriteSet writes) {
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(
                () -> parts.store().defer(writes), parts.executors().storage()),
            (done, failure) -> failure == null ? new Kept() : new Failed(failure));
  }

  /** X11: where the validators vouch for the signatures of clients they are looked at here too. */
  private void execute(Ordered ordered) {
    if (!parts.genesis().parameters().isAttested()) {
      began().blocks().tell(ordered);
      return;
    }
    var entries = ordered.blocks().stream().map(OrderedBlock::entries).flatMap(List::stream);
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> parts.verdicts().firstInvalid(entries.toList()), parts.executors().workers()),
            (invalid, failure) ->
                failure == null ? new Judged(ordered, invalid) : new Failed(failure));
  }

  private void onJudged(Ordered ordered, Optional<Integer> invalid) {
    if (invalid.isEmpty()) {
      began().blocks().tell(ordered);
    } else {
      var first = ordered.blocks().getFirst().block().height();
      parts
          .failStop()
          .stop(
              "a final block from height "
                  + first
                  + " on orders a transaction whose signature is not valid",
              null);
    }
  }
}
