package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** As leader proposes one block to some and another to the others, and votes for both. */
final class Equivocator implements Adversary {

  private final Liar liar;

  Equivocator(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    var other = Forgery.later(block, 1 + liar.random().nextInt(5));
    var some = liar.some(honest.recipients());
    var rest = honest.recipients().stream().filter(peer -> !some.contains(peer)).toList();
    var vote = new Statement.Notarize(block.header().epoch(), block.view(), other.hash());
    return List.of(
        honest.to(some),
        honest.to(rest).saying(Forgery.propose(liar, other, justification)),
        honest.to(rest).saying(new ConsensusVote(liar.vote(vote))));
  }
}
