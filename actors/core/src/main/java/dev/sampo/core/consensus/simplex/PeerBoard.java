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
import java.util.Optional;
import java.util.TreeMap;

/** All other validators, as this one sees them. */
final class PeerBoard {

  private static final long DEAD_AFTER = Duration.ofSeconds(10).toNanos();

  private final Committee committee;
  private final TreeMap<ValidatorIndex, Peer> peers = new TreeMap<>();
  private int rotation;

  PeerBoard(Committee committee) {
    this.committee = committee;
  }

  void start(long nanos, View view) {
    committee.peers().forEach(index -> peers.put(index, new Peer(index, nanos, view)));
  }

  boolean contains(ValidatorIndex index) {
    return peers.containsKey(index);
  }

  Peer at(ValidatorIndex index) {
    return Optional.ofNullable(peers.get(index))
        .orElseThrow(() -> new InvariantViolation("no peer " + index));
  }

  Collection<Peer> all() {
    return peers.values();
  }

  /** Those that have not been seen above {@code view} (C3, S1). */
  List<ValidatorIndex> notBeyond(View view) {
    return peers.values().stream()
        .filter(peer -> !peer.view().isAfter(view))
        .map(Peer::index)
        .toList();
  }

  /** S4: f + 1 peers, so at least one honest one, are above {@code view}. */
  boolean isLeftBehind(View view) {
    long ahead = peers.values().stream().filter(peer -> peer.view().isAfter(view)).count();
    return ahead > committee.faults();
  }

  /** A final height that at least one honest peer claims (SY3). */
  Height credibleHeight() {
    var claims =
        peers.values().stream().map(Peer::finalHeight).sorted(Comparator.reverseOrder()).toList();
    return claims.size() > committee.faults() ? claims.get(committee.faults()) : Height.ZERO;
  }

  /** Up to {@code count} peers, in rotation; those believed dead come last (B30). */
  List<ValidatorIndex> pick(int count) {
    return pick(count, List.copyOf(peers.keySet()));
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
    long alive = 1 + peers.values().stream().filter(peer -> isSeen(peer, view, nanos)).count();
    var suspect = at(leader);
    return alive >= committee.quorum()
        && nanos - suspect.heardAt() > DEAD_AFTER
        && view.number() - suspect.heardIn().number() > 2L * committee.size();
  }

  private boolean isSeen(Peer peer, View view, long nanos) {
    return nanos - peer.heardAt() <= DEAD_AFTER
        && view.number() - peer.heardIn().number() <= 2L * committee.size();
  }
}
