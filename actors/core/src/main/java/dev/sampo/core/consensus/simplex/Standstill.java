package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends again what may have been lost: stored votes and certificates, never new ones (S1, S2, F1).
 */
final class Standstill {

  /** A vote in its frame, for the token bucket. */
  private static final int VOTE_BYTES = 128;

  /** A certificates message holds at most so many. */
  private static final int CHUNK_MAX = 32;

  /** Z4: so many lost gap proofs are repaired in a round. */
  private static final int REPAIRED_MAX = 64;

  private final Replica replica;
  private final Voter voter;
  private long lastRoundAt;
  private int round;

  Standstill(Replica replica, Voter voter) {
    this.replica = replica;
    this.voter = voter;
  }

  void start() {
    lastRoundAt = replica.nanos();
    replica.setTimer(TimerId.Kind.STANDSTILL, replica.pacemaker.latency().still());
  }

  /** S1: the view should have ended; those who may still be in it get everything about it again. */
  void retry() {
    var slot = replica.currentSlot();
    var recipients = replica.peers.notBeyond(slot.view());
    sendVotes(recipients, slot);
    var certificates = new ArrayList<Certificate>();
    replica.entry().ifPresent(certificates::add);
    replica
        .chain
        .finalization()
        .filter(c -> !certificates.contains(c))
        .ifPresent(certificates::add);
    sendCertificates(recipients, certificates);
  }

  /** S2: a round, unless a block became final in the meantime. */
  void fired() {
    long still = replica.pacemaker.latency().still();
    long wait = replica.isAtRest() ? still + replica.pacemaker.idle() : still;
    long quiet = replica.nanos() - Math.max(lastRoundAt, replica.finalizedAt());
    if (quiet < wait) {
      // Rest may end before the wait does.
      replica.setTimer(TimerId.Kind.STANDSTILL, Math.min(still, wait - quiet));
      return;
    }
    lastRoundAt = replica.nanos();
    repairGaps();
    var others = List.copyOf(replica.peers.all());
    for (int i = Math.floorMod(-round, 3); i < others.size(); i += 3) {
      sendAll(others.get(i));
    }
    round++;
    replica.setTimer(TimerId.Kind.STANDSTILL, still);
  }

  /** Z4: whoever has no certificate of a view below re-creates the nullification that was lost. */
  private void repairGaps() {
    int repaired = 0;
    for (var view = replica.finalView().next();
        view.isBefore(replica.view()) && repaired < REPAIRED_MAX;
        view = view.next()) {
      if (replica.slots.find(view).map(Slot::hasCertificate).orElse(false)) {
        continue;
      }
      voter.nullify(replica.slots.at(view));
      repaired++;
    }
  }

  /**
   * Everything above what the peer knows to be final, from where the last round had to stop;
   * nothing acknowledges single certificates, so the round begins anew when it reaches the end.
   */
  private void sendAll(Peer peer) {
    var recipient = List.of(peer.index());
    if (peer.lastFinal().isBefore(replica.finalView())) {
      replica.chain.finalization().ifPresent(last -> sendCertificates(recipient, List.of(last)));
    }
    var from = peer.cursor();
    var certificates = new ArrayList<Certificate>();
    peer.cursor(View.ZERO);
    for (var slot : replica.slots.all()) {
      boolean isDue = !slot.view().isBefore(from) && slot.view().isAfter(peer.lastFinal());
      if (!isDue || bytes(slot) == 0) {
        continue;
      }
      if (!peer.takeStandstill(bytes(slot), replica.nanos())) {
        peer.cursor(slot.view());
        break;
      }
      certificates.addAll(slot.certificates());
      sendVotes(recipient, slot);
    }
    sendCertificates(recipient, certificates);
  }

  private long bytes(Slot slot) {
    long certificates = slot.certificates().stream().mapToLong(Justification::sizeOf).sum();
    return certificates + (long) VOTE_BYTES * slot.votes().of(replica.committee.self()).size();
  }

  /** RE3: what others show it of views below it neither says nor repeats. */
  private void sendVotes(List<ValidatorIndex> recipients, Slot slot) {
    if (!replica.isKnown(slot.view())) {
      return;
    }
    for (var vote : slot.votes().of(replica.committee.self())) {
      replica.outbox.send(recipients, new ConsensusVote(vote));
    }
  }

  private void sendCertificates(List<ValidatorIndex> recipients, List<Certificate> certificates) {
    for (int i = 0; i < certificates.size(); i += CHUNK_MAX) {
      var chunk = certificates.subList(i, Math.min(i + CHUNK_MAX, certificates.size()));
      replica.outbox.send(recipients, new Certificates(chunk, List.of()));
    }
  }
}
