package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this node knows of the nodes of another validator, and to which of them the frames of a
 * ledger go: to the one that hosts the newest copy. A validator of one node is sent everything.
 */
final class RemoteValidator {

  /** The node that hosts a ledger's replica, and the writer epoch of that copy. */
  private record Copy(int node, long epoch) {}

  private static final class Node {
    private final PeerAddress address;
    private LinkStatus votes = LinkStatus.INITIAL;
    private LinkStatus bodies = LinkStatus.INITIAL;
    private Hosting hosting = Hosting.NONE;

    private Node(PeerAddress address) {
      this.address = address;
    }
  }

  private final ValidatorIndex index;
  private final List<Node> nodes;
  private final Set<PeerStream> inbound = EnumSet.noneOf(PeerStream.class);
  private SortedMap<LedgerId, Copy> newest = new TreeMap<>();

  RemoteValidator(ValidatorIndex index, List<PeerAddress> addresses) {
    this.index = index;
    this.nodes = addresses.stream().map(Node::new).toList();
  }

  private boolean isSingle() {
    return nodes.size() == 1;
  }

  /** The number of the node that a frame of the ledger goes to, if it is known. */
  Optional<Integer> nodeFor(LedgerId ledger) {
    return isSingle() ? Optional.of(0) : Optional.ofNullable(newest.get(ledger)).map(Copy::node);
  }

  /** Whether votes reach any of its nodes. */
  boolean isReachable() {
    return nodes.stream().anyMatch(node -> node.votes.isEstablished());
  }

  /** Notes what is known of a node; the result is what that changes for the owner of the links. */
  List<PeerEvent> note(int number, LinkStatus votes, LinkStatus bodies, Hosting heard) {
    boolean wasReachable = isReachable();
    var node = nodes.get(number);
    node.votes = votes;
    node.bodies = bodies;
    node.hosting = votes.isEstablished() ? heard : Hosting.NONE;
    return isSingle() ? change(wasReachable) : changes();
  }

  private List<PeerEvent> change(boolean wasReachable) {
    if (isReachable() == wasReachable) {
      return List.of();
    }
    return List.of(wasReachable ? new PeerEvent.PeerDown(index) : new PeerEvent.PeerUp(index));
  }

  /** A ledger whose copy is another one than before is up once more: that copy wants to be told. */
  private List<PeerEvent> changes() {
    var before = newest;
    newest = newestCopies();
    var events = new ArrayList<PeerEvent>();
    for (var ledger : before.keySet()) {
      if (!newest.containsKey(ledger)) {
        events.add(new PeerEvent.CopyDown(index, ledger));
      }
    }
    for (Map.Entry<LedgerId, Copy> each : newest.entrySet()) {
      if (!each.getValue().equals(before.get(each.getKey()))) {
        events.add(new PeerEvent.CopyUp(index, each.getKey()));
      }
    }
    return events;
  }

  private SortedMap<LedgerId, Copy> newestCopies() {
    var copies = new TreeMap<LedgerId, Copy>();
    for (int i = 0; i < nodes.size(); i++) {
      for (Map.Entry<LedgerId, Long> each : nodes.get(i).hosting.epochs().entrySet()) {
        copies.merge(
            each.getKey(),
            new Copy(i, each.getValue()),
            (known, other) -> other.epoch() > known.epoch() ? other : known);
      }
    }
    return copies;
  }

  void opened(PeerStream stream) {
    inbound.add(stream);
  }

  void closed(PeerStream stream) {
    inbound.remove(stream);
  }

  /** A listener that starts again has lost its connections. */
  void allClosed() {
    inbound.clear();
  }

  List<PeerStatus> statuses() {
    return nodes.stream().map(this::statusOf).toList();
  }

  private PeerStatus statusOf(Node node) {
    return new PeerStatus(
        index,
        node.address,
        node.votes,
        node.bodies,
        inbound.contains(PeerStream.VOTES),
        inbound.contains(PeerStream.BODIES));
  }
}
