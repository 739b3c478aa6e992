package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.LedgerTime;
import java.util.List;

/** Gives its block a time far in the future or not after its parent's. */
final class UntimelyLeader implements Adversary {

  private final Liar liar;

  UntimelyLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    long off = liar.random().nextBoolean() ? 3_600_000 : -liar.random().nextLong(10_000);
    long time = Math.max(0, block.header().time().millis() + off);
    var untimely =
        Forgery.sibling(block, LedgerTime.ofMillis(time), block.header().type(), block.inline());
    return List.of(honest.saying(Forgery.propose(liar, untimely, justification)));
  }
}
