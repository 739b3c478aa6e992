package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import java.util.ArrayList;
import java.util.List;

/** As leader carries a transaction inline under which its client's signature is not valid. */
final class InlineForger implements Adversary {

  private final Liar liar;
  private final ForgedProposals proposals;

  InlineForger(Liar liar) {
    this.liar = liar;
    this.proposals = new ForgedProposals(liar);
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case Proposal(var block, _, var justification)
          when !block.inline().isEmpty() && liar.random().nextBoolean() -> {
        var inline = new ArrayList<>(block.inline());
        int victim = liar.random().nextInt(inline.size());
        inline.set(victim, Forgery.withBadSignature(inline.get(victim)));
        var header = block.header();
        var forged = Forgery.sibling(block, header.time(), header.type(), inline);
        yield List.of(honest.saying(proposals.propose(forged, justification)));
      }
      case PeerMessage other -> List.of(proposals.vote(honest));
    };
  }
}
