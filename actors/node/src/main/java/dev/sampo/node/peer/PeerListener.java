package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.ValidatorIndex;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.javadsl.Tcp.IncomingConnection;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connections that peers dial, and keeps the newest for each stream of each peer (S12):
 * as many as the peer has nodes.
 */
final class PeerListener extends AbstractBehavior<PeerListener.Command> {

  sealed interface Command {}

  private record Bound(InetSocketAddress address) implements Command {}

  private record BindFailed(String reason) implements Command {}

  private record Opened(ActorRef<Accepted> replyTo) implements Command {}

  private record Incoming(IncomingConnection connection, ActorRef<Accepted> replyTo)
      implements Command {}

  private record Closed(String reason) implements Command {}

  private record Admitted(long connection, Origin origin) implements Command {}

  private record Ended(long connection, Optional<Throwable> failure) implements Command {}

  /** What this node hosts has changed: tells all peers on the connections that they dialled. */
  enum SayHosting implements Command {
    SAY_HOSTING
  }

  /** Lets the next connection in. */
  private enum Accepted {
    ACCEPTED
  }

  private record Origin(ValidatorIndex peer, PeerStream stream) {}

  private static final class Inbound {
    private final LinkAcceptor.Running running;
    private @Nullable Origin origin;

    private Inbound(LinkAcceptor.Running running) {
      this.running = running;
    }
  }

  private static final int BACKLOG = 100;

  private final LinkDialler.Shared shared;
  private final LinkAcceptor acceptor;
  private final ActorRef<PeerNetwork.Command> network;
  private final Materializer materializer;
  private final Map<Long, Inbound> connections = new HashMap<>();
  private final Map<Origin, ArrayDeque<Inbound>> newest = new HashMap<>();
  private boolean isBound;
  private long lastConnection;

  private PeerListener(
      ActorContext<Command> context,
      LinkDialler.Shared shared,
      FrameRecipient recipient,
      ActorRef<PeerNetwork.Command> network) {
    super(context);
    this.shared = shared;
    this.network = network;
    acceptor = new LinkAcceptor(shared, recipient);
    materializer = Materializer.createMaterializer(context);
  }

  static Behavior<Command> create(
      LinkDialler.Shared shared, FrameRecipient recipient, ActorRef<PeerNetwork.Command> network) {
    return Behaviors.setup(
        context -> {
          var listener = new PeerListener(context, shared, recipient, network);
          listener.bind();
          return listener;
        });
  }

  private void bind() {
    var settings = shared.settings();
    var binding =
        Tcp.get(getContext().getSystem())
            .bind(
                settings.bindHost(),
                settings.bindPort(),
                BACKLOG,
                List.of(TcpSO.tcpNoDelay(true)),
                false,
                Optional.<java.time.Duration>empty())
            .to(
                ActorSink.<IncomingConnection, Command, Accepted>actorRefWithBackpressure(
                    getContext().getSelf(),
                    (replyTo, connection) -> new Incoming(connection, replyTo),
                    Opened::new,
                    Accepted.ACCEPTED,
                    new Closed("completed"),
                    failure -> new Closed(String.valueOf(failure.getMessage()))))
            .run(materializer);
    getContext()
        .pipeToSelf(
            binding,
            (bound, failure) ->
                failure == null
                    ? new Bound(bound.localAddress())
                    : new BindFailed(String.valueOf(failure.getMessage())));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Bound(var address) -> onBound(address);
      case BindFailed(var reason) -> onBindFailed(reason);
      case Opened(var replyTo) -> goOn(replyTo);
      case Incoming(var connection, var replyTo) -> onIncoming(connection, replyTo);
      case Closed(var reason) -> onClosed(reason);
      case SayHosting now -> onSayHosting();
      case Admitted(long connection, var origin) -> onAdmitted(connection, origin);
      case Ended(long connection, var failure) -> onEnded(connection, failure);
    };
  }

  private Behavior<Command> goOn(ActorRef<Accepted> replyTo) {
    replyTo.tell(Accepted.ACCEPTED);
    return this;
  }

  private Behavior<Command> onBound(InetSocketAddress address) {
    isBound = true;
    network.tell(new PeerNetwork.ListenerBound(address));
    return this;
  }

  private Behavior<Command> onBindFailed(String reason) {
    network.tell(new PeerNetwork.ListenerFailed(reason));
    return Behaviors.stopped();
  }

  private Behavior<Command> onClosed(String reason) {
    if (isBound) {
      // The supervisor binds again.
      throw new IllegalStateException("no longer listening: " + reason);
    }
    return this;
  }

  private Behavior<Command> onIncoming(IncomingConnection connection, ActorRef<Accepted> replyTo) {
    long unauthenticated =
        connections.values().stream().filter(inbound -> inbound.origin == null).count();
    if (unauthenticated < shared.settings().unauthenticatedMax()) {
      accept(connection);
    } else {
      shared.meters().refused(Refusal.TOO_MANY_CONNECTIONS).increment();
      connection.handleWith(LinkAcceptor.refusing(), materializer);
    }
    return goOn(replyTo);
  }

  private void accept(IncomingConnection connection) {
    long number = ++lastConnection;
    var self = getContext().getSelf();
    var running =
        acceptor.accept(
            connection.flow(),
            hello -> self.tell(new Admitted(number, originOf(hello))),
            materializer);
    connections.put(number, new Inbound(running));
    getContext()
        .pipeToSelf(
            running.ends().end(),
            (done, failure) -> new Ended(number, Optional.ofNullable(failure)));
  }

  private static Origin originOf(Hello hello) {
    return new Origin(hello.sender(), hello.stream());
  }

  private Behavior<Command> onAdmitted(long number, Origin origin) {
    var admitted = connections.get(number);
    if (admitted != null) {
      admitted.origin = origin;
      var kept = newest.computeIfAbsent(origin, first -> new ArrayDeque<>());
      kept.addLast(admitted);
      if (kept.size() > shared.nodesOf(origin.peer())) {
        kept.removeFirst().running.killSwitch().abort(new LinkRefused(Refusal.REPLACED));
      }
      sayHosting(admitted);
      network.tell(new PeerNetwork.InboundOpened(origin.peer(), origin.stream()));
    }
    return this;
  }

  private Behavior<Command> onSayHosting() {
    newest.values().forEach(kept -> kept.forEach(this::sayHosting));
    return this;
  }

  /** Where the votes go the other end hears to whom. */
  private void sayHosting(Inbound inbound) {
    var origin = inbound.origin;
    if (shared.hosting().isSaid() && origin != null && origin.stream() == PeerStream.VOTES) {
      var frame = new SendBytes(shared.hosting().get().encoded());
      var _ = inbound.running.ends().announcements().offer(frame);
    }
  }

  /** Whether the last connection of its origin has ended that was not replaced. */
  private boolean isLast(Inbound ended) {
    var origin = ended.origin;
    if (origin == null) {
      return false;
    }
    var kept = newest.getOrDefault(origin, new ArrayDeque<>());
    boolean isLast = kept.remove(ended) && kept.isEmpty();
    if (isLast) {
      newest.remove(origin);
    }
    return isLast;
  }

  private Behavior<Command> onEnded(long number, Optional<Throwable> failure) {
    var ended = connections.remove(number);
    if (ended != null && ended.origin != null && isLast(ended)) {
      network.tell(new PeerNetwork.InboundClosed(ended.origin.peer(), ended.origin.stream()));
    }
    var refusal =
        ended == null || ended.origin == null
            ? Optional.of(failure.flatMap(this::refusal).orElse(Refusal.UNAUTHENTICATED))
            : failure.flatMap(this::refusal);
    refusal.ifPresent(reason -> shared.meters().refused(reason).increment());
    return this;
  }

  private Optional<Refusal> refusal(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapper when wrapper.getCause() != null ->
          refusal(wrapper.getCause());
      case LinkRefused refused when refused.reason() != Refusal.REPLACED ->
          Optional.of(refused.reason());
      default -> Optional.empty();
    };
  }
}
