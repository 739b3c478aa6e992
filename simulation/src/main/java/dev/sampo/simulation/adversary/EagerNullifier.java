package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Nullifies every view as soon as it hears of it. */
final class EagerNullifier implements Adversary {

  private final Liar liar;

  EagerNullifier(Liar liar) {
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
    var nullify = new Statement.Nullify(block.header().epoch(), block.view());
    return List.of(Outgoing.now(liar.others(), View.ZERO, new ConsensusVote(liar.vote(nullify))));
  }
}
