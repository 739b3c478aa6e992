package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Proposal;
import java.time.Duration;
import java.util.List;

/** Proposes late, often after the others gave up. */
final class LateLeader implements Adversary {

  private final Liar liar;

  LateLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return honest.message() instanceof Proposal
        ? List.of(honest.after(Duration.ofMillis(liar.random().nextInt(3_000))))
        : List.of(honest);
  }
}
