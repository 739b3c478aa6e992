package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/**
 * As leader refers to no newer state than the parent does, so that the backlog looks longer, and
 * orders something all the same.
 */
final class BacklogOverstepper implements Adversary {

  private final Liar liar;
  private final RecentBlocks recent = new RecentBlocks();
  private Optional<SignedTransaction> known = Optional.empty();

  BacklogOverstepper(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    recent.add(block);
    return recent
        .find(block.header().parent())
        .map(parent -> beyond(block, parent))
        .map(far -> List.of(honest.saying(Forgery.propose(liar, far, justification))))
        .orElse(List.of(honest));
  }

  /** An EMPTY block gets a transaction, if there is one. */
  private Block beyond(Block block, Block parent) {
    var inline = block.inline();
    if (inline.isEmpty() && block.cut().equals(parent.cut())) {
      inline = known.map(List::of).orElse(List.of());
    }
    return inline.isEmpty() && block.cut().equals(parent.cut())
        ? block
        : Forgery.referringBack(block, parent, inline);
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    switch (message) {
      case Proposal(var block, _, _) -> recent.add(block);
      case TransactionGossip(var transactions) -> known = Optional.of(transactions.getLast());
      case PeerMessage other -> {}
    }
    return List.of();
  }
}
