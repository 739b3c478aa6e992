package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Notarizes every block that it hears of, and one that does not exist. */
final class DoubleNotarizer implements Adversary {

  private final Liar liar;

  DoubleNotarizer(Liar liar) {
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
    var epoch = block.header().epoch();
    var real = new Statement.Notarize(epoch, block.view(), block.hash());
    var unreal = new Statement.Notarize(epoch, block.view(), block.header().parent());
    return List.of(
        Outgoing.now(liar.others(), View.ZERO, new ConsensusVote(liar.vote(real))),
        Outgoing.now(liar.some(liar.others()), View.ZERO, new ConsensusVote(liar.vote(unreal))));
  }
}
