package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * All peer links of one node: it listens, dials every node of every peer on both streams and sends
 * frames, each at most once and in no promised order (S1, S12).
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

  /** This node hosts a copy of the ledger's replica from now on, and tells all peers. */
  public record Announce(LedgerId ledger, long writerEpoch) implements Command {}

  /** This node hosts no copy any more, and tells all peers. */
  public record Withdraw(LedgerId ledger) implements Command {}

  record NodeReported(Peer.Node node, LinkStatus votes, LinkStatus bodies, Hosting heard)
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

  /** The actors of a peer's nodes, in the order of their addresses. */
  private record Remote(
      RemoteValidator validator, List<ActorRef<Peer.Command>> nodes, AtomicInteger reachable) {}

  /** No validator has more nodes. */
  public static final int NODES_MAX = 8;

  private final LinkDialler.Shared shared;
  private final ActorRef<PeerEvent> owner;
  private final ActorRef<PeerListener.Command> listener;
  private final SortedMap<ValidatorIndex, Remote> remotes = new TreeMap<>();

  private PeerNetwork(ActorContext<Command> context, LinkDialler.Shared shared, PeerOwner owner) {
    super(context);
    this.shared = shared;
    this.owner = owner.events();
    var accepting = PeerListener.create(shared, owner.frames(), context.getSelf());
    this.listener = context.spawn(Peer.supervised(accepting, shared), "listener");
    shared.addresses().forEach(this::startPeer);
  }

  /**
   * Starts listening and dialling.
   *
   * @param addresses where the nodes of each peer listen, for every validator but this one; the
   *     nodes of one validator have no links among themselves
   * @param owner whom frames and events go to
   */
  public static Behavior<Command> create(
      PeerIdentity identity,
      SortedMap<ValidatorIndex, List<PeerAddress>> addresses,
      PeerSettings settings,
      PeerOwner owner,
      MeterRegistry registry) {
    if (!List.copyOf(addresses.keySet()).equals(identity.peers())) {
      throw new IllegalArgumentException(
          "needs the addresses of validators " + identity.peers() + ", got " + addresses.keySet());
    }
    if (addresses.values().stream().anyMatch(nodes -> !isNodes(nodes.size()))) {
      throw new IllegalArgumentException("a validator has 1 to " + NODES_MAX + " nodes");
    }
    var shared =
        new LinkDialler.Shared(
            identity, addresses, settings, new PeerMeters(registry), new OwnHosting());
    return Behaviors.setup(context -> new PeerNetwork(context, shared, owner));
  }

  private static boolean isNodes(int count) {
    return count >= 1 && count <= NODES_MAX;
  }

  private void startPeer(ValidatorIndex index, List<PeerAddress> addresses) {
    var nodes = new ArrayList<ActorRef<Peer.Command>>();
    for (int i = 0; i < addresses.size(); i++) {
      var node = new Peer.Node(index, i, addresses.get(i));
      var peer = Peer.supervised(Peer.create(node, shared, getContext().getSelf()), shared);
      String name = addresses.size() == 1 ? "peer-" + index : "peer-" + index + "-" + i;
      nodes.add(getContext().spawn(peer, name));
    }
    remotes.put(
        index,
        new Remote(new RemoteValidator(index, addresses), nodes, shared.meters().reachable(index)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Send send -> onSend(send);
      case GetStatus(var replyTo) -> replyTo.tell(status());
      case Announce(var ledger, long epoch) -> say(hosting -> hosting.with(ledger, epoch));
      case Withdraw(var ledger) -> say(hosting -> hosting.without(ledger));
      case NodeReported reported -> onNodeReported(reported);
      case InboundOpened(var peer, var stream) -> onInboundOpened(remote(peer), stream);
      case InboundClosed(var peer, var stream) -> remote(peer).validator().closed(stream);
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
        hand(remote, toPeer, recipient);
      }
    }
  }

  /** Links promise at most once: what no node has said to host is not sent. */
  private void hand(Remote remote, Peer.Send toPeer, ValidatorIndex recipient) {
    remote
        .validator()
        .nodeFor(toPeer.ledger())
        .ifPresentOrElse(
            node -> remote.nodes().get(node).tell(toPeer),
            () -> shared.meters().dropped(recipient, toPeer.stream()).increment());
  }

  private void say(UnaryOperator<Hosting> change) {
    shared.hosting().change(change);
    listener.tell(PeerListener.SayHosting.SAY_HOSTING);
    for (var remote : remotes.values()) {
      remote.nodes().forEach(node -> node.tell(Peer.SayHosting.SAY_HOSTING));
    }
  }

  private void onNodeReported(NodeReported reported) {
    var node = reported.node();
    var remote = remote(node.validator());
    var events =
        remote
            .validator()
            .note(node.number(), reported.votes(), reported.bodies(), reported.heard());
    remote.reachable().set(remote.validator().isReachable() ? 1 : 0);
    events.forEach(owner::tell);
  }

  private void onListenerBound(InetSocketAddress address) {
    remotes.values().forEach(remote -> remote.validator().allClosed());
    owner.tell(new PeerEvent.Listening(address));
  }

  private void onInboundOpened(Remote remote, PeerStream stream) {
    remote.validator().opened(stream);
    remote.nodes().forEach(node -> node.tell(Peer.NoteSeen.NOTE_SEEN));
  }

  private NetworkStatus status() {
    return new NetworkStatus(
        remotes.values().stream().flatMap(each -> each.validator().statuses().stream()).toList());
  }

  private Remote remote(ValidatorIndex peer) {
    var remote = remotes.get(peer);
    if (remote == null) {
      throw new IllegalStateException("validator " + peer + " is no peer");
    }
    return remote;
  }
}
