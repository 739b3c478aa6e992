package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/** Proposes on a parent that is older than the newest: on the parent's parent, or any other. */
final class StaleLeader implements Adversary {

  private final Liar liar;
  private final RecentBlocks recent = new RecentBlocks();

  StaleLeader(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    recent.add(block);
    return older(block)
        .filter(parent -> parent.view().isBefore(block.view()))
        .map(parent -> Forgery.onParent(block, parent))
        .map(stale -> List.of(honest.saying(Forgery.propose(liar, stale, justification))))
        .orElseGet(() -> List.of(honest));
  }

  private Optional<Block> older(Block block) {
    var all = recent.all();
    return liar.random().nextBoolean()
        ? recent.find(block.header().parent()).flatMap(of -> recent.find(of.header().parent()))
        : Optional.of(all.get(liar.random().nextInt(all.size())));
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      recent.add(block);
    }
    return List.of();
  }
}
