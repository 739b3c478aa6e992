package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** All other validators, as this one sees them. */
final class PeerBoard {

  private static final long DEAD_AFTER = Duration.ofSeconds(10).toNanos();

  private final Committee committee;
  private final TreeMap<ValidatorIndex, Peer> peers = new TreeMap<>();
  private List<ValidatorIndex> indices = List.of();
  private Height credibleHeight = Height.ZERO;
  private int rotation;

  PeerBoard(Committee committee) {
    this.committee = committee;
  }

  void start(long nanos, View view) {
    indices = committee.peers();
    indices.forEach(index -> peers.put(index, new Peer(index, nanos, view)));
  }

  boolean contains(ValidatorIndex index) {
    return peers.containsKey(index);
  }

  Peer at(ValidatorIndex index) {
    var peer = peers.get(index);
    if (peer == null) {
      throw new InvariantViolation("no peer " + index);
    }
    return peer;
  }

  /** Everybody but this validator, once it has started. */
  List<ValidatorIndex> indices() {
    return indices;
  }

  Collection<Peer> all() {
    return peers.values();
  }

  /** Those that have not been seen above {@code view} (C3, S1). */
  List<ValidatorIndex> notBeyond(View view) {
    var behind = new ArrayList<ValidatorIndex>();
    for (var peer : peers.values()) {
      if (!peer.view().isAfter(view)) {
        behind.add(peer.index());
      }
    }
    return List.copyOf(behind);
  }

  /** S4: f + 1 peers, so at least one honest one, are above {@code view}. */
  boolean isLeftBehind(View view) {
    int ahead = 0;
    for (var peer : peers.values()) {
      ahead += peer.view().isAfter(view) ? 1 : 0;
    }
    return ahead > committee.faults();
  }

  /** A peer's claim of the final height, which may raise or lower {@link #credibleHeight()}. */
  void claimHeight(Peer peer, Height claimed) {
    peer.claimHeight(claimed);
    var claims =
        peers.values().stream().map(Peer::finalHeight).sorted(Comparator.reverseOrder()).toList();
    int liars = committee.faults();
    credibleHeight = claims.size() > liars ? claims.get(liars) : Height.ZERO;
  }

  /** A final height that at least one honest peer claims (SY3). */
  Height credibleHeight() {
    return credibleHeight;
  }

  /** Up to {@code count} peers, in rotation; those believed dead come last (B30). */
  List<ValidatorIndex> pick(int count) {
    return pick(count, indices);
  }

  /** Up to {@code count} of {@code candidates}, in rotation. */
  List<ValidatorIndex> pick(int count, List<ValidatorIndex> candidates) {
    var others = candidates.stream().filter(peers::containsKey).toList();
    if (others.isEmpty()) {
      return others;
    }
    int start = Math.floorMod(rotation++, others.size());
    var rotated = new ArrayList<>(others.subList(start, others.size()));
    rotated.addAll(others.subList(0, start));
    rotated.sort(Comparator.comparing(index -> at(index).isSuspected()));
    return List.copyOf(rotated.subList(0, Math.min(count, rotated.size())));
  }

  /**
   * TI6: whether the leader seems dead while a quorum is alive, this validator included. Beyond 2n
   * views without finalization the hint is off.
   */
  boolean seemsDead(ValidatorIndex leader, View view, View finalView, long nanos) {
    if (leader.equals(committee.self())
        || view.number() - finalView.number() > 2L * committee.size()) {
      return false;
    }
    return isForgotten(at(leader), view, nanos) && 1 + seen(view, nanos) >= committee.quorum();
  }

  private boolean isForgotten(Peer peer, View view, long nanos) {
    return nanos - peer.heardAt() > DEAD_AFTER
        && view.number() - peer.heardIn().number() > 2L * committee.size();
  }

  private int seen(View view, long nanos) {
    int seen = 0;
    for (var peer : peers.values()) {
      seen += isSeen(peer, view, nanos) ? 1 : 0;
    }
    return seen;
  }

  private boolean isSeen(Peer peer, View view, long nanos) {
    return nanos - peer.heardAt() <= DEAD_AFTER
        && view.number() - peer.heardIn().number() <= 2L * committee.size();
  }
}
