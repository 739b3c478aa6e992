package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Proposal;
import java.util.List;

/** Proposes without the certificates that justify the parent. */
final class UnjustifiedLeader implements Adversary {

  private final Liar liar;

  UnjustifiedLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return honest.message() instanceof Proposal(var block, var signature, _)
            && liar.random().nextInt(4) != 0
        ? List.of(honest.saying(new Proposal(block, signature, List.of())))
        : List.of(honest);
  }
}
