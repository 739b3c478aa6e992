package dev.sampo.node.ledger;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.AttestedProgress;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.mempool.MempoolActor;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Gathers what the roles say of themselves, some times a second, so that asking costs nothing. */
public final class StatusActor extends AbstractBehavior<StatusActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  record GetStatus(ActorRef<StatusView> replyTo) implements Command {}

  record GetReadiness(ActorRef<Readiness> replyTo) implements Command {}

  record NotePeer(ValidatorIndex peer, boolean isReachable) implements Command {}

  record NoteCluster(int membersUp) implements Command {}

  /** From now on the node is not ready: it is about to stop. */
  record BeginDrain() implements Command {}

  private record StandingCame(ConsensusActor.Standing standing) implements Command {}

  private record ProgressCame(AttestedProgress progress) implements Command {}

  private record LevelCame(MempoolActor.Level level) implements Command {}

  private record ExecutionWentOn(ExecutionActor.Event event) implements Command {}

  private enum Refresh implements Command {
    NOW
  }

  private enum TakeSample implements Command {
    NOW
  }

  /** Whom the status is gathered from. */
  record Sources(
      ActorRef<ConsensusActor.Command> consensus,
      ActorRef<ExecutionActor.Command> execution,
      ActorRef<MempoolActor.Command> mempool) {}

  private static final Duration REFRESH_INTERVAL = Duration.ofMillis(100);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

  private final StatusBoard board;
  private final Sources sources;
  private final ActorRef<ConsensusActor.Standing> standings;
  private final ActorRef<AttestedProgress> progresses;
  private final ActorRef<MempoolActor.Level> levels;

  private StatusActor(ActorContext<Command> context, StatusBoard board, Sources sources) {
    super(context);
    this.board = board;
    this.sources = sources;
    this.standings = context.messageAdapter(ConsensusActor.Standing.class, StandingCame::new);
    this.progresses = context.messageAdapter(AttestedProgress.class, ProgressCame::new);
    this.levels = context.messageAdapter(MempoolActor.Level.class, LevelCame::new);
    var events = context.messageAdapter(ExecutionActor.Event.class, ExecutionWentOn::new);
    sources.execution().tell(new ExecutionActor.Subscribe(events));
  }

  static Behavior<Command> create(StatusBoard board, Sources sources) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Refresh.NOW, Duration.ZERO, REFRESH_INTERVAL);
                  timers.startTimerAtFixedRate(TakeSample.NOW, SAMPLE_INTERVAL);
                  return new StatusActor(context, board, sources);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case GetStatus(var replyTo) -> replyTo.tell(board.status());
      case GetReadiness(var replyTo) -> replyTo.tell(board.readiness());
      case NotePeer(var peer, boolean isReachable) -> board.notePeer(peer, isReachable);
      case NoteCluster(int membersUp) -> board.noteCluster(membersUp);
      case BeginDrain now -> board.beginDrain();
      case StandingCame(var standing) -> board.noteStanding(standing);
      case ProgressCame(var progress) -> board.noteProgress(progress);
      case LevelCame(var level) -> board.noteLevel(level);
      case ExecutionWentOn(var event) -> board.noteExecution(event);
      case Refresh now -> onRefresh();
      case TakeSample now -> board.takeSample(System.nanoTime());
    }
    return this;
  }

  private void onRefresh() {
    sources.consensus().tell(new ConsensusActor.GetStanding(standings));
    sources.execution().tell(new ExecutionActor.GetProgress(progresses));
    sources.mempool().tell(new MempoolActor.GetLevel(levels));
  }
}
