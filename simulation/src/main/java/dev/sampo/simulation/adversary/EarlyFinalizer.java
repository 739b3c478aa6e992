package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Finalizes what is not notarized yet. */
final class EarlyFinalizer implements Adversary {

  private final Liar liar;

  EarlyFinalizer(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return List.of(honest);
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (!(message instanceof Proposal(var block, _, _))) {
      return List.of();
    }
    var finalize = new Statement.Finalize(block.header().epoch(), block.view(), block.hash());
    return List.of(Outgoing.now(liar.others(), View.ZERO, new ConsensusVote(liar.vote(finalize))));
  }
}
