package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/** One remote validator: supervises the two links to it and reports their state (S1). */
final class Peer extends AbstractBehavior<Peer.Command> {

  sealed interface Command {}

  record Send(LedgerId ledger, PeerStream stream, ByteString frame) implements Command {}

  /** The peer has just connected and proved its key, so dialling it makes sense at once. */
  enum NoteSeen implements Command {
    NOTE_SEEN
  }

  record LinkReported(PeerStream stream, LinkStatus status) implements Command {}

  private final ValidatorIndex index;
  private final ActorRef<PeerNetwork.Command> network;
  private final ActorRef<OutboundLink.Command> votes;
  private final ActorRef<OutboundLink.Command> bodies;
  private LinkStatus votesStatus = LinkStatus.INITIAL;
  private LinkStatus bodiesStatus = LinkStatus.INITIAL;

  private Peer(
      ActorContext<Command> context,
      ValidatorIndex index,
      PeerAddress address,
      LinkDialler.Shared shared,
      ActorRef<PeerNetwork.Command> network) {
    super(context);
    this.index = index;
    this.network = network;
    votes = spawnLink(new OutboundLink.Target(index, address, PeerStream.VOTES), shared);
    bodies = spawnLink(new OutboundLink.Target(index, address, PeerStream.BODIES), shared);
  }

  static Behavior<Command> create(
      ValidatorIndex index,
      PeerAddress address,
      LinkDialler.Shared shared,
      ActorRef<PeerNetwork.Command> network) {
    return Behaviors.setup(context -> new Peer(context, index, address, shared, network));
  }

  private ActorRef<OutboundLink.Command> spawnLink(
      OutboundLink.Target target, LinkDialler.Shared shared) {
    var link = OutboundLink.create(target, shared, getContext().getSelf());
    return getContext().spawn(supervised(link, shared), PeerMeters.label(target.stream()));
  }

  /** Restarts what fails, ever more slowly, and never takes the node down. */
  static <T> Behavior<T> supervised(Behavior<T> behavior, LinkDialler.Shared shared) {
    var reconnect = shared.settings().reconnect();
    return Behaviors.supervise(behavior)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(reconnect.first(), reconnect.cap(), 0.2)
                .withResetBackoffAfter(reconnect.cap().plus(Duration.ofSeconds(1))));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Send(var ledger, var stream, var frame) ->
          link(stream).tell(new OutboundLink.Send(ledger, frame));
      case NoteSeen seen -> onNoteSeen();
      case LinkReported(var stream, var status) -> onLinkReported(stream, status);
    }
    return this;
  }

  private void onNoteSeen() {
    votes.tell(OutboundLink.DialNow.DIAL_NOW);
    bodies.tell(OutboundLink.DialNow.DIAL_NOW);
  }

  private void onLinkReported(PeerStream stream, LinkStatus status) {
    switch (stream) {
      case VOTES -> votesStatus = status;
      case BODIES -> bodiesStatus = status;
    }
    network.tell(new PeerNetwork.PeerReported(index, votesStatus, bodiesStatus));
  }

  private ActorRef<OutboundLink.Command> link(PeerStream stream) {
    return switch (stream) {
      case VOTES -> votes;
      case BODIES -> bodies;
    };
  }
}
