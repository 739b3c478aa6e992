package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;

/** C3, W11: f + 1 validators send a certificate to those who seem to lack it; usually to nobody. */
final class Push {

  private final Replica replica;

  Push(Replica replica) {
    this.replica = replica;
  }

  void schedule(View view) {
    int distance = replica.committee.distanceFromLeader(replica.committee.self(), view);
    if (distance >= 1 && distance <= replica.committee.faults() + 1) {
      var delay = Duration.ofNanos(replica.pacemaker.latency().push());
      replica.outbox.silently(new Effect.SetTimer(new TimerId(TimerId.Kind.PUSH, view), delay));
    }
  }

  void fired(View view) {
    replica.slots.find(view).filter(Slot::hasCertificate).ifPresent(this::push);
  }

  private void push(Slot slot) {
    var certificates = slot.certificates();
    long bytes = certificates.stream().mapToLong(Justification::sizeOf).sum();
    // Who catches up takes many certificates at once; S2's limit keeps that from becoming a storm.
    var recipients =
        replica.peers.notBeyond(slot.view()).stream()
            .filter(peer -> replica.peers.at(peer).takeStandstill(bytes, replica.nanos()))
            .toList();
    replica.outbox.send(recipients, new Certificates(certificates, List.of()));
  }
}
