package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for what is missing, a little later than it could still come by itself (P1, N5, S4, SY1).
 */
final class Repair {

  /** A gap of more final blocks than this is for sync. */
  private static final long SHORT_GAP_MAX = 16;

  private static final long INTERVAL_MIN = Duration.ofMillis(20).toNanos();
  private static final long INTERVAL_MAX = Duration.ofSeconds(1).toNanos();
  private static final long FETCH_AGAIN = Duration.ofSeconds(2).toNanos();
  private static final int FIRST_ASKED = 3;
  private static final int GONE_AFTER = 2;

  private final Replica replica;
  private final LinkedHashMap<Hash, Integer> asked = new LinkedHashMap<>();
  private Optional<Long> armedUntil = Optional.empty();
  private int round;
  private boolean far;
  private Optional<Height> goneAbove = Optional.empty();
  private Height fetchedFrom = Height.ZERO;
  private long fetchedAt = Long.MIN_VALUE / 2;

  Repair(Replica replica) {
    this.replica = replica;
  }

  /** P1: a quorum was asked for the block, so a lower parent may be taken. */
  boolean isUnobtainable(Hash block) {
    return asked.getOrDefault(block, 0) >= replica.committee.quorum();
  }

  /**
   * Collects what is missing, and asks for it or sets the timer to do so.
   *
   * @param due whether this is the step in which that timer fired
   */
  void settle(boolean due) {
    armedUntil = due ? Optional.empty() : armedUntil;
    needFinalBlocks();
    needNotarizedBlocks();
    if (replica.peers.isLeftBehind(replica.view())) {
      replica.needs.certificatesFrom(replica.view()); // S4
    }
    if (!asked.isEmpty()) {
      asked.keySet().removeIf(hash -> !replica.needs.blocks().containsKey(hash));
    }
    if (replica.needs.isEmpty() && !far) {
      round = 0;
    } else if (due || (round == 0 && replica.needs.within().equals(Optional.of(0L)))) {
      ask();
    } else if (armedUntil.isEmpty() || (round == 0 && replica.needs.within().isPresent())) {
      long usual = Math.min(replica.pacemaker.latency().push(), INTERVAL_MAX);
      armWithin(replica.needs.within().orElse(usual));
    }
  }

  private void ask() {
    askForBlocks();
    replica
        .needs
        .certificatesFrom()
        .ifPresent(
            from ->
                replica.outbox.send(
                    replica.peers.pick(round == 0 ? FIRST_ASKED : replica.committee.size()),
                    new CertificateRequest(replica.epoch(), from, from.plus(Slots.WINDOW))));
    if (far) {
      fetchFinalBlocks();
    }
    round++;
    long interval = replica.pacemaker.latency().push();
    for (int i = 1; i < Math.min(round, 16) && interval < INTERVAL_MAX; i++) {
      interval += interval / 2;
    }
    arm(Math.clamp(interval, INTERVAL_MIN, INTERVAL_MAX));
  }

  /** B11: one holder at a time, then two, in rotation. */
  private void askForBlocks() {
    for (Map.Entry<Hash, List<ValidatorIndex>> need : replica.needs.blocks().entrySet()) {
      int before = asked.getOrDefault(need.getKey(), 0);
      // Those named as holders were believed first; later anybody may have it.
      boolean believeHolders = before < replica.committee.quorum() && !need.getValue().isEmpty();
      int count = before == 0 ? 1 : 2;
      var recipients =
          believeHolders ? replica.peers.pick(count, need.getValue()) : replica.peers.pick(count);
      replica.outbox.send(recipients, new BlockRequest(need.getKey()));
      asked.put(need.getKey(), before + count);
    }
  }

  private void needFinalBlocks() {
    var chain = replica.chain;
    var delivered = chain.delivered().height().number();
    long credible = replica.peers.credibleHeight().number();
    far = credible - delivered > SHORT_GAP_MAX;
    if (chain.delivered().hash().equals(chain.finalHash())) {
      return;
    }
    var path = chain.path();
    if (path.isComplete()) {
      return;
    }
    if (path.lowestKnown().isPresent()) {
      long unknown = path.lowestKnown().get().number() - 1 - delivered;
      far = unknown + path.missing().size() > SHORT_GAP_MAX;
    }
    far = far || isGone(path.missing());
    if (!far) {
      var signers = chain.finalization().map(Certificate::signers).orElse(List.of());
      path.missing().reversed().forEach(hash -> replica.needs.block(hash, signers));
    }
  }

  /** Peers keep only their newest blocks at hand; what all were asked for in vain is for sync. */
  private boolean isGone(List<Hash> missing) {
    var delivered = replica.chain.delivered().height();
    if (missing.stream()
        .anyMatch(hash -> asked.getOrDefault(hash, 0) >= GONE_AFTER * replica.committee.size())) {
      goneAbove = Optional.of(delivered);
    }
    return goneAbove.equals(Optional.of(delivered));
  }

  private void needNotarizedBlocks() {
    for (var slot : replica.slots.all()) {
      var notarized = slot.notarizedBlock();
      if (notarized.isPresent() && !replica.chain.holds(notarized.get())) {
        replica.needs.block(notarized.get(), signersOf(slot));
      }
    }
  }

  private void fetchFinalBlocks() {
    var from = replica.chain.delivered().height().next();
    if (from.equals(fetchedFrom) && replica.nanos() - fetchedAt < FETCH_AGAIN) {
      return;
    }
    fetchedFrom = from;
    fetchedAt = replica.nanos();
    var reached = replica.chain.path().lowestKnown().map(Height::number).orElse(0L);
    var target = Math.max(reached, replica.peers.credibleHeight().number());
    var holders =
        replica.peers.all().stream()
            .filter(peer -> !peer.finalHeight().isBefore(from))
            .map(Peer::index)
            .toList();
    replica.outbox.silently(
        new Effect.FetchFinalBlocks(
            from, Height.of(target), holders.isEmpty() ? replica.peers.indices() : holders));
  }

  private void armWithin(long delay) {
    if (armedUntil.isEmpty() || replica.nanos() + delay < armedUntil.get()) {
      arm(delay);
    }
  }

  private void arm(long delay) {
    armedUntil = Optional.of(replica.nanos() + delay);
    replica.setTimer(TimerId.Kind.FETCH, delay);
  }

  private static List<ValidatorIndex> signersOf(Slot slot) {
    return slot.notarization().map(Certificate::signers).orElse(List.of());
  }
}
