package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Proposes, then nullifies its own view. */
final class FickleLeader implements Adversary {

  private final Liar liar;

  FickleLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, _))) {
      return List.of(honest);
    }
    var nullify = new Statement.Nullify(block.header().epoch(), block.view());
    return List.of(honest, honest.saying(new ConsensusVote(liar.vote(nullify))).to(liar.others()));
  }
}
