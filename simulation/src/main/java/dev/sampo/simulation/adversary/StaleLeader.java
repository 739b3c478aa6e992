package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;

/** Proposes on a parent that is older than the newest. */
final class StaleLeader implements Adversary {

  private static final int REMEMBERED = 8;

  private final Liar liar;
  private final List<Block> older = new ArrayList<>();

  StaleLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))
        || older.isEmpty()) {
      return List.of(honest);
    }
    var parent = older.get(liar.random().nextInt(older.size()));
    if (!parent.view().isBefore(block.view())) {
      return List.of(honest);
    }
    var stale = Forgery.onParent(block, parent);
    return List.of(honest.saying(Forgery.propose(liar, stale, justification)));
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      older.add(block);
      if (older.size() > REMEMBERED) {
        older.removeFirst();
      }
    }
    return List.of();
  }
}
