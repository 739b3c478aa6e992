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

/** One node of another validator: supervises the two links to it and reports their state (S1). */
final class Peer extends AbstractBehavior<Peer.Command> {

  sealed interface Command {}

  record Send(LedgerId ledger, PeerStream stream, ByteString frame) implements Command {}

  /** The peer has just connected and proved its key, so dialling it makes sense at once. */
  enum NoteSeen implements Command {
    NOTE_SEEN
  }

  /** What this node hosts has changed. */
  enum SayHosting implements Command {
    SAY_HOSTING
  }

  /** {@code heard}: what the other end has said that it hosts, on the connection of now. */
  record LinkReported(PeerStream stream, LinkStatus status, Hosting heard) implements Command {}

  /** Which node of which validator; nodes are numbered as their addresses stand here. */
  record Node(ValidatorIndex validator, int number, PeerAddress address) {}

  private final Node node;
  private final ActorRef<PeerNetwork.Command> network;
  private final ActorRef<OutboundLink.Command> votes;
  private final ActorRef<OutboundLink.Command> bodies;
  private LinkStatus votesStatus = LinkStatus.INITIAL;
  private LinkStatus bodiesStatus = LinkStatus.INITIAL;
  private Hosting heard = Hosting.NONE;

  private Peer(
      ActorContext<Command> context,
      Node node,
      LinkDialler.Shared shared,
      ActorRef<PeerNetwork.Command> network) {
    super(context);
    this.node = node;
    this.network = network;
    votes = spawnLink(target(PeerStream.VOTES), shared);
    bodies = spawnLink(target(PeerStream.BODIES), shared);
  }

  static Behavior<Command> create(
      Node node, LinkDialler.Shared shared, ActorRef<PeerNetwork.Command> network) {
    return Behaviors.setup(context -> new Peer(context, node, shared, network));
  }

  private OutboundLink.Target target(PeerStream stream) {
    return new OutboundLink.Target(node.validator(), node.address(), stream);
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
      case SayHosting now -> {
        votes.tell(OutboundLink.SayHosting.SAY_HOSTING);
        bodies.tell(OutboundLink.SayHosting.SAY_HOSTING);
      }
      case LinkReported(var stream, var status, var hosting) ->
          onLinkReported(stream, status, hosting);
    }
    return this;
  }

  private void onNoteSeen() {
    votes.tell(OutboundLink.DialNow.DIAL_NOW);
    bodies.tell(OutboundLink.DialNow.DIAL_NOW);
  }

  /** What counts is what is said where the votes go. */
  private void onLinkReported(PeerStream stream, LinkStatus status, Hosting hosting) {
    switch (stream) {
      case VOTES -> {
        votesStatus = status;
        heard = hosting;
      }
      case BODIES -> bodiesStatus = status;
    }
    network.tell(new PeerNetwork.NodeReported(node, votesStatus, bodiesStatus, heard));
  }

  private ActorRef<OutboundLink.Command> link(PeerStream stream) {
    return switch (stream) {
      case VOTES -> votes;
      case BODIES -> bodies;
    };
  }
}
