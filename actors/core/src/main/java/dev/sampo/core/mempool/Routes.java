package dev.sampo.core.mempool;

import dev.sampo.core.transaction.TransactionId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which way the transactions of this node's own gateway take into a block. */
final class Routes {

  enum Route {
    /** Passed on to every validator, for the inline section of a block. */
    INLINE,
    /** For the next batch of the own lane. */
    LANE,
    /** In a batch of the own lane. */
    BATCHED
  }

  private final Map<TransactionId, Route> routes = new TreeMap<>();
  private long inlineBytes;
  private long laneBytes;
  private int laneCount;

  Optional<Route> of(TransactionId id) {
    return Optional.ofNullable(routes.get(id));
  }

  /** Whether no leader but through the own lane takes it. */
  boolean isForLane(TransactionId id) {
    return of(id).filter(route -> route != Route.INLINE).isPresent();
  }

  void set(Pending pending, Route route) {
    remove(pending);
    routes.put(pending.id(), route);
    count(pending, route, 1);
  }

  void remove(Pending pending) {
    var route = routes.remove(pending.id());
    if (route != null) {
      count(pending, route, -1);
    }
  }

  private void count(Pending pending, Route route, int sign) {
    switch (route) {
      case INLINE -> inlineBytes += (long) sign * pending.length();
      case LANE -> {
        laneBytes += (long) sign * pending.length();
        laneCount += sign;
      }
      case BATCHED -> laneCount += sign;
    }
  }

  /** Those in a batch of the own lane. */
  Stream<TransactionId> batched() {
    return routes.entrySet().stream()
        .filter(entry -> entry.getValue() == Route.BATCHED)
        .map(Map.Entry::getKey);
  }

  /** Bytes that were passed on and wait to be ordered. */
  long inlineBytes() {
    return inlineBytes;
  }

  /** Bytes that wait for a batch. */
  long laneBytes() {
    return laneBytes;
  }

  /** How many wait for a batch or to be ordered in one. */
  int laneCount() {
    return laneCount;
  }
}
