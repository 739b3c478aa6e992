package dev.sampo.simulation.adversary;

import dev.sampo.core.block.BlockType;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import java.util.List;

/** Leaves out the transactions of others, and passes none on. */
final class Censor implements Adversary {

  private final Liar liar;

  Censor(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case TransactionGossip gossip -> List.of();
      case Proposal(var block, _, var justification) -> {
        var empty = Forgery.sibling(block, block.header().time(), BlockType.EMPTY, List.of());
        yield block.inline().isEmpty()
            ? List.of(honest)
            : List.of(honest.saying(Forgery.propose(liar, empty, justification)));
      }
      case PeerMessage other -> List.of(honest);
    };
  }
}
