package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Keeps one connection dialled, for one stream of one peer, and sends its frames (S12, S15). */
final class OutboundLink extends AbstractBehavior<OutboundLink.Command> {

  sealed interface Command {}

  /** Sends an encoded frame once the link is established; a full queue drops it or an older one. */
  record Send(LedgerId ledger, ByteString frame) implements Command {}

  /** Dials without back-off: the peer was just seen alive. */
  enum DialNow implements Command {
    DIAL_NOW
  }

  /** What this node hosts has changed: it is said before any frame that follows. */
  enum SayHosting implements Command {
    SAY_HOSTING
  }

  private enum Tick implements Command {
    TICK
  }

  private record RetryDue(long attempt) implements Command {}

  private record AnswerOverdue(long attempt) implements Command {}

  /** The present connection takes another write. */
  record WriteTaken(long attempt) implements Command {}

  /** The connection is about to deliver answers. */
  record AnswersOpened(ActorRef<AnswerHandled> replyTo) implements Command {}

  record Answered(long attempt, Frame answer, ActorRef<AnswerHandled> replyTo) implements Command {}

  record Ended(long attempt, String reason) implements Command {}

  /** Lets the connection deliver the next answer, so that a peer cannot flood this mailbox. */
  enum AnswerHandled {
    ANSWER_HANDLED
  }

  /** What a link is for. */
  record Target(ValidatorIndex peer, PeerAddress address, PeerStream stream) {}

  /** A materialised connection: where to write, and how to end it. */
  record Connection(ActorRef<ByteString> writer, UniqueKillSwitch killSwitch) {}

  private static final int WRITE_BYTES = 64 << 10;

  private final TimerScheduler<Command> timers;
  private final Target target;
  private final LinkDialler dialler;
  private final PeerSettings settings;
  private final OwnHosting hosting;
  private final ActorRef<Peer.Command> owner;
  private final PeerMeters.Traffic sent;
  private final Counter dropped;
  private final Counter reconnects;
  private final OutboundQueue queue;
  private final Materializer materializer;
  private ReconnectPolicy policy;
  private Heartbeats heartbeats;
  private @Nullable Connection connection;
  private Frame.@Nullable Heartbeat dueHeartbeat;
  private boolean owesHosting;
  private Hosting heard = Hosting.NONE;
  private boolean mayWrite;
  private boolean isEstablished;
  private long attempt;
  private long attemptNanos;
  private Optional<Instant> lastHeard = Optional.empty();
  private Optional<String> lastFailure = Optional.empty();

  private OutboundLink(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Target target,
      LinkDialler.Shared shared,
      ActorRef<Peer.Command> owner) {
    super(context);
    this.timers = timers;
    this.target = target;
    this.owner = owner;
    settings = shared.settings();
    hosting = shared.hosting();
    dialler = new LinkDialler(shared, target, context.getSystem(), context.getSelf());
    sent = shared.meters().sent(target.peer(), target.stream());
    dropped = shared.meters().dropped(target.peer(), target.stream());
    reconnects = shared.meters().reconnects(target.peer(), target.stream());
    queue = new OutboundQueue(limits());
    heartbeats = new Heartbeats(limits().missedHeartbeatsMax());
    materializer = Materializer.createMaterializer(context);
    policy = ReconnectPolicy.fresh(settings.reconnect(), System.nanoTime());
  }

  static Behavior<Command> create(
      Target target, LinkDialler.Shared shared, ActorRef<Peer.Command> owner) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.TICK, shared.settings().heartbeat());
                  var link = new OutboundLink(context, timers, target, shared, owner);
                  link.dial();
                  return link;
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Send(var ledger, var frame) -> onSend(ledger, frame);
      case DialNow now -> onDialNow();
      case SayHosting now -> onSayHosting();
      case Tick tick -> onTick();
      case RetryDue(long due) -> onRetryDue(due);
      case AnswerOverdue(long waiting) -> onAnswerOverdue(waiting);
      case WriteTaken(long writing) -> onWriteTaken(writing);
      case AnswersOpened(var replyTo) -> replyTo.tell(AnswerHandled.ANSWER_HANDLED);
      case Answered answered -> onAnswered(answered);
      case Ended(long ended, var reason) -> onEnded(ended, reason);
    }
    return this;
  }

  private StreamSettings limits() {
    return settings.stream(target.stream());
  }

  private void onSend(LedgerId ledger, ByteString frame) {
    dropped.increment(queue.offer(ledger, frame, System.nanoTime()));
    write();
  }

  private void onSayHosting() {
    owesHosting = connection != null;
    write();
  }

  private void onTick() {
    dropped.increment(queue.dropStale(System.nanoTime()));
    if (isEstablished && heartbeats.isOffline()) {
      end(Refusal.MISSED_HEARTBEATS.label());
    } else if (isEstablished) {
      dueHeartbeat = heartbeats.next(System.nanoTime());
      write();
    }
    report();
  }

  private void onDialNow() {
    // An attempt that has just begun goes on, or two validators would restart each other's for
    // ever.
    boolean isRecent = System.nanoTime() - attemptNanos < settings.reconnect().first().toNanos();
    if (isEstablished || (connection != null && isRecent)) {
      return;
    }
    close();
    policy = ReconnectPolicy.fresh(settings.reconnect(), System.nanoTime());
    dial();
  }

  private void onRetryDue(long due) {
    if (due == attempt && connection == null && policy.permits(System.nanoTime())) {
      dial();
    }
  }

  private void onAnswerOverdue(long waiting) {
    if (waiting == attempt && connection != null && !isEstablished) {
      end(Refusal.SLOW_HANDSHAKE.label());
    }
  }

  private void onWriteTaken(long writing) {
    if (writing == attempt) {
      mayWrite = true;
      write();
    }
  }

  private void onAnswered(Answered answered) {
    answered.replyTo().tell(AnswerHandled.ANSWER_HANDLED);
    if (answered.attempt() != attempt || connection == null) {
      return;
    }
    switch (answered.answer()) {
      case Frame.Heartbeat heartbeat -> onHeartbeat(heartbeat);
      case Frame.Announcement(var newest) -> {
        heard = newest;
        report();
      }
      case Frame.Greeting other -> end(Refusal.UNEXPECTED_FRAME.label());
      case Frame.Message other -> end(Refusal.UNEXPECTED_FRAME.label());
    }
  }

  private void onHeartbeat(Frame.Heartbeat heartbeat) {
    if (!heartbeats.answered(heartbeat, System.nanoTime())) {
      end(Refusal.UNEXPECTED_FRAME.label());
      return;
    }
    lastHeard = Optional.of(Instant.now());
    if (!isEstablished) {
      isEstablished = true;
      policy = ReconnectPolicy.fresh(settings.reconnect(), System.nanoTime());
      report();
      write();
    }
  }

  private void onEnded(long ended, String reason) {
    if (ended == attempt && connection != null) {
      end(reason);
    }
  }

  private void dial() {
    if (attempt > 0) {
      reconnects.increment();
    }
    attempt++;
    attemptNanos = System.nanoTime();
    policy = policy.attempted();
    heartbeats = new Heartbeats(limits().missedHeartbeatsMax());
    var opened = dialler.dial(attempt, materializer);
    connection = opened;
    mayWrite = false;
    owesHosting = false;
    opened.writer().tell(dialler.greeting().concat(heartbeats.next(attemptNanos).encoded()));
    var overdue = settings.connectTimeout().plus(settings.handshakeTimeout());
    timers.startSingleTimer(AnswerOverdue.class, new AnswerOverdue(attempt), overdue);
    report();
  }

  private void end(String reason) {
    close();
    lastFailure = Optional.of(reason);
    long now = System.nanoTime();
    policy = policy.failed(now, ThreadLocalRandom.current().nextDouble());
    timers.startSingleTimer(RetryDue.class, new RetryDue(attempt), policy.delay(now));
    report();
  }

  private void close() {
    if (connection != null) {
      connection.killSwitch().abort(new LinkRefused(Refusal.REPLACED));
    }
    connection = null;
    dueHeartbeat = null;
    owesHosting = false;
    heard = Hosting.NONE;
    isEstablished = false;
  }

  /** Gives the connection as much as it takes in one piece: what is due first, then frames. */
  private void write() {
    if (connection == null || !mayWrite) {
      return;
    }
    var piece = ByteString.emptyByteString();
    if (dueHeartbeat != null) {
      piece = dueHeartbeat.encoded();
      dueHeartbeat = null;
    }
    if (owesHosting) {
      piece = piece.concat(hosting.get().encoded());
      owesHosting = false;
    }
    int frames = 0;
    int dueBytes = piece.size();
    while (isEstablished && !queue.isEmpty() && piece.size() < WRITE_BYTES) {
      piece = piece.concat(queue.take());
      frames++;
    }
    if (!piece.isEmpty()) {
      mayWrite = false;
      sent.count(frames, piece.size() - dueBytes);
      connection.writer().tell(piece);
    }
  }

  private void report() {
    var status =
        new LinkStatus(
            isEstablished,
            policy.breaker(),
            queue.frames(),
            queue.bytes(),
            Math.max(0, attempt - 1),
            heartbeats.roundTrip(),
            lastHeard,
            lastFailure);
    owner.tell(new Peer.LinkReported(target.stream(), status, heard));
  }
}
