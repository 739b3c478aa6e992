package dev.sampo.simulation.adversary;

import dev.sampo.core.block.BlockType;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** Orders neither transactions nor batches, and passes no transactions on. */
final class Censor implements Adversary {

  private final Liar liar;
  private final RecentBlocks recent = new RecentBlocks();

  Censor(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case TransactionGossip gossip -> List.of();
      case Proposal(var block, _, var justification) -> {
        recent.add(block);
        yield recent
            .find(block.header().parent())
            .filter(parent -> !block.inline().isEmpty() || !block.cut().equals(parent.cut()))
            .map(parent -> Forgery.ordering(block, parent.cut(), BlockType.EMPTY, List.of()))
            .map(empty -> List.of(honest.saying(Forgery.propose(liar, empty, justification))))
            .orElse(List.of(honest));
      }
      case PeerMessage other -> List.of(honest);
    };
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      recent.add(block);
    }
    return List.of();
  }
}
