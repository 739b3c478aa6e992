package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Proposal;
import java.util.List;

/** Never proposes. */
final class SilentLeader implements Adversary {

  private final Liar liar;

  SilentLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return honest.message() instanceof Proposal || liar.others().isEmpty()
        ? List.of()
        : List.of(honest);
  }
}
