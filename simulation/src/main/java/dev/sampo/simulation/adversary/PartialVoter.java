package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import java.util.List;

/** Votes to a part of the others only. */
final class PartialVoter implements Adversary {

  private final Liar liar;

  PartialVoter(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return honest.message() instanceof ConsensusVote
        ? List.of(honest.to(liar.some(honest.recipients())))
        : List.of(honest);
  }
}
