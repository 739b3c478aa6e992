package dev.sampo.simulation.adversary;

import dev.sampo.core.block.BlockType;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;

/** Proposes transactions again that earlier blocks carried. */
final class Repeater implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final List<SignedTransaction> old = new ArrayList<>();

  Repeater(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    var inline = new ArrayList<>(block.inline());
    for (int again = liar.random().nextInt(4); again > 0 && !old.isEmpty(); again--) {
      inline.add(old.get(liar.random().nextInt(old.size())));
    }
    remember(block.inline());
    if (inline.size() == block.inline().size()) {
      return List.of(honest);
    }
    var longer = Forgery.sibling(block, block.header().time(), BlockType.NORMAL, inline);
    return List.of(honest.saying(Forgery.propose(liar, longer, justification)));
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      remember(block.inline());
    }
    return List.of();
  }

  private void remember(List<SignedTransaction> transactions) {
    for (var transaction : transactions) {
      if (old.size() < REMEMBERED) {
        old.add(transaction);
      } else {
        old.set(liar.random().nextInt(REMEMBERED), transaction);
      }
    }
  }
}
