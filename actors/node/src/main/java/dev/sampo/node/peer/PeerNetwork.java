package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * All peer links of one validator: it listens, dials every peer on both streams and sends frames,
 * each at most once and in no promised order (S1, S12).
 */
public final class PeerNetwork extends AbstractBehavior<PeerNetwork.Command> {

  /** What a network of peer links can be told. */
  public sealed interface Command {}

  /** Sends one frame of a ledger to each recipient; one that is no peer is ignored. */
  public record Send(
      LedgerId ledger, PeerStream stream, Bytes frame, List<ValidatorIndex> recipients)
      implements Command {
    public Send {
      recipients = List.copyOf(recipients);
    }
  }

  /** Asks for the state of the links with each peer, in the order of the peers. */
  public record GetStatus(ActorRef<NetworkStatus> replyTo) implements Command {}

  record PeerReported(ValidatorIndex peer, LinkStatus votes, LinkStatus bodies)
      implements Command {}

  record InboundOpened(ValidatorIndex peer, PeerStream stream) implements Command {}

  record InboundClosed(ValidatorIndex peer, PeerStream stream) implements Command {}

  record ListenerBound(InetSocketAddress address) implements Command {}

  record ListenerFailed(String reason) implements Command {}

  /** The state of the links with each peer, at most a heartbeat old. */
  public record NetworkStatus(List<PeerStatus> peers) {
    public NetworkStatus {
      peers = List.copyOf(peers);
    }
  }

  private static final class Remote {
    private final ActorRef<Peer.Command> actor;
    private final PeerAddress address;
    private final AtomicInteger reachable;
    private final Set<PeerStream> inbound = EnumSet.noneOf(PeerStream.class);
    private LinkStatus votes = LinkStatus.INITIAL;
    private LinkStatus bodies = LinkStatus.INITIAL;

    private Remote(ActorRef<Peer.Command> actor, PeerAddress address, AtomicInteger reachable) {
      this.actor = actor;
      this.address = address;
      this.reachable = reachable;
    }
  }

  private final LinkDialler.Shared shared;
  private final ActorRef<PeerEvent> owner;
  private final SortedMap<ValidatorIndex, Remote> remotes = new TreeMap<>();

  private PeerNetwork(
      ActorContext<Command> context, LinkDialler.Shared shared, ActorRef<PeerEvent> owner) {
    super(context);
    this.shared = shared;
    this.owner = owner;
  }

  /**
   * Starts listening and dialling.
   *
   * @param addresses where each peer listens; one for every validator but this one
   * @param owner whom frames and events go to
   */
  public static Behavior<Command> create(
      PeerIdentity identity,
      SortedMap<ValidatorIndex, PeerAddress> addresses,
      PeerSettings settings,
      PeerOwner owner,
      MeterRegistry registry) {
    if (!List.copyOf(addresses.keySet()).equals(identity.peers())) {
      throw new IllegalArgumentException(
          "needs the addresses of validators " + identity.peers() + ", got " + addresses.keySet());
    }
    var shared = new LinkDialler.Shared(identity, settings, new PeerMeters(registry));
    return Behaviors.setup(
        context -> {
          var network = new PeerNetwork(context, shared, owner.events());
          var listener = PeerListener.create(shared, owner.frames(), context.getSelf());
          context.spawn(Peer.supervised(listener, shared), "listener");
          addresses.forEach(network::startPeer);
          return network;
        });
  }

  private void startPeer(ValidatorIndex index, PeerAddress address) {
    var peer = Peer.create(index, address, shared, getContext().getSelf());
    var actor = getContext().spawn(Peer.supervised(peer, shared), "peer-" + index);
    remotes.put(index, new Remote(actor, address, shared.meters().reachable(index)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Send send -> onSend(send);
      case GetStatus(var replyTo) -> replyTo.tell(status());
      case PeerReported reported -> onPeerReported(reported);
      case InboundOpened(var peer, var stream) -> onInboundOpened(remote(peer), stream);
      case InboundClosed(var peer, var stream) -> remote(peer).inbound.remove(stream);
      case ListenerBound(var address) -> onListenerBound(address);
      case ListenerFailed(var reason) -> {
        owner.tell(new PeerEvent.ListenFailed(reason));
        return Behaviors.stopped();
      }
    }
    return this;
  }

  private void onSend(Send send) {
    var stream = send.stream();
    var content = send.frame();
    if (content.isEmpty() || content.length() > shared.settings().stream(stream).frameBytesMax()) {
      getContext().getLog().error("A frame of {} bytes fits no link: dropped", content.length());
      send.recipients().forEach(peer -> shared.meters().dropped(peer, stream).increment());
      return;
    }
    var toPeer = new Peer.Send(send.ledger(), stream, Frame.encode(Frame.MESSAGE, content));
    for (var recipient : send.recipients()) {
      var remote = remotes.get(recipient);
      if (remote != null) {
        remote.actor.tell(toPeer);
      }
    }
  }

  private void onPeerReported(PeerReported reported) {
    var remote = remote(reported.peer());
    boolean wasReachable = remote.votes.isEstablished();
    boolean isReachable = reported.votes().isEstablished();
    remote.votes = reported.votes();
    remote.bodies = reported.bodies();
    if (isReachable != wasReachable) {
      remote.reachable.set(isReachable ? 1 : 0);
      owner.tell(
          isReachable
              ? new PeerEvent.PeerUp(reported.peer())
              : new PeerEvent.PeerDown(reported.peer()));
    }
  }

  private void onListenerBound(InetSocketAddress address) {
    // A listener that starts again has lost its connections.
    remotes.values().forEach(remote -> remote.inbound.clear());
    owner.tell(new PeerEvent.Listening(address));
  }

  private void onInboundOpened(Remote remote, PeerStream stream) {
    remote.inbound.add(stream);
    remote.actor.tell(Peer.NoteSeen.NOTE_SEEN);
  }

  private NetworkStatus status() {
    return new NetworkStatus(
        remotes.entrySet().stream()
            .map(entry -> statusOf(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static PeerStatus statusOf(ValidatorIndex peer, Remote remote) {
    return new PeerStatus(
        peer,
        remote.address,
        remote.votes,
        remote.bodies,
        remote.inbound.contains(PeerStream.VOTES),
        remote.inbound.contains(PeerStream.BODIES));
  }

  private Remote remote(ValidatorIndex peer) {
    var remote = remotes.get(peer);
    if (remote == null) {
      throw new IllegalStateException("validator " + peer + " is no peer");
    }
    return remote;
  }
}
