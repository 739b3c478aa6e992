package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import java.util.List;

/** Sends the header of its block with a body that is not the one committed to. */
final class WrongBodyLeader implements Adversary {

  private final Liar liar;

  WrongBodyLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case Proposal(var block, var signature, var justification) -> {
        var hollow = new Block(block.header(), block.cut(), List.of());
        yield liar.random().nextBoolean()
            ? List.of(honest)
            : List.of(honest.saying(new Proposal(hollow, signature, justification)));
      }
      case PeerMessage other -> List.of(honest);
    };
  }
}
