package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Nullifies whatever it finalizes. */
final class NullifyingFinalizer implements Adversary {

  private final Liar liar;

  NullifyingFinalizer(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof ConsensusVote(var vote))
        || !(vote.statement() instanceof Statement.Finalize(var epoch, var view, _))) {
      return List.of(honest);
    }
    var nullify = new ConsensusVote(liar.vote(new Statement.Nullify(epoch, view)));
    return List.of(honest, honest.saying(nullify).to(liar.some(liar.others())));
  }
}
