package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.List;

/** Sends the header of its block with a body that is not the one committed to: less, or more. */
final class WrongBodyLeader implements Adversary {

  private final Liar liar;

  WrongBodyLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case Proposal(var block, var signature, var justification) -> {
        var wrong = new Block(block.header(), block.cut(), otherThan(block.inline()));
        yield liar.random().nextBoolean()
            ? List.of(honest)
            : List.of(honest.saying(new Proposal(wrong, signature, justification)));
      }
      case PeerMessage other -> List.of(honest);
    };
  }

  private List<SignedTransaction> otherThan(List<SignedTransaction> inline) {
    if (inline.isEmpty() || liar.random().nextInt(3) == 0) {
      return List.of();
    }
    if (inline.size() > 1 && liar.random().nextBoolean()) {
      return inline.subList(1, inline.size());
    }
    var twice = new ArrayList<>(inline);
    twice.add(inline.getFirst());
    return twice;
  }
}
