package dev.sampo.node.peer;

import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the nodes of each peer have said that they host, on the connections that they dialled. By it
 * the frames of an older copy of a replica are refused, so that a node that was cut off does not
 * confuse others. Safety never rests on that: the store has fenced it (protocol V1). Thread-safe.
 */
final class AnnouncedCopies {

  private final Map<ValidatorIndex, Set<Connection>> announced = new ConcurrentHashMap<>();

  /** A connection that was accepted from a node of a peer; used by one thread at a time. */
  final class Connection implements AutoCloseable {

    private final AnnouncementLimit limit = new AnnouncementLimit();
    private volatile Hosting hosting = Hosting.NONE;
    private volatile boolean isClosed;

    /** Notes what the node hosts from now on; false if it says so too often. */
    boolean announce(ValidatorIndex peer, Hosting newest, long nowNanos) {
      if (!limit.admits(nowNanos)) {
        return false;
      }
      hosting = newest;
      connectionsOf(peer).add(this);
      if (isClosed) {
        close();
      }
      return true;
    }

    /** Whether another connection of the peer has announced a newer copy of the frame's ledger. */
    boolean isOutdated(ValidatorIndex peer, Bytes frame) {
      var others = announced.get(peer);
      if (others == null || others.isEmpty()) {
        return false;
      }
      return PeerMessageCodec.ledgerOf(frame)
          .filter(ledger -> newest(others, ledger) > hosting.epochOf(ledger).orElse(0))
          .isPresent();
    }

    /** Forgets what it said: who is gone is no newer copy. */
    @Override
    public void close() {
      isClosed = true;
      announced.values().forEach(connections -> connections.remove(this));
    }
  }

  private Set<Connection> connectionsOf(ValidatorIndex peer) {
    return announced.computeIfAbsent(peer, first -> ConcurrentHashMap.newKeySet());
  }

  private static long newest(Set<Connection> connections, LedgerId ledger) {
    long newest = 0;
    for (var each : connections) {
      newest = Math.max(newest, each.hosting.epochOf(ledger).orElse(0));
    }
    return newest;
  }
}
