package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/** As leader goes back to the cut of an older block, so that batches would be ordered again. */
final class CutReverser implements Adversary {

  private final Liar liar;
  private final RecentBlocks recent = new RecentBlocks();

  CutReverser(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    recent.add(block);
    return olderCut(block)
        .map(cut -> Forgery.ordering(block, cut, BlockType.NORMAL, block.inline()))
        .map(back -> List.of(honest.saying(Forgery.propose(liar, back, justification))))
        .orElse(List.of(honest));
  }

  private Optional<Cut> olderCut(Block block) {
    return recent.all().stream()
        .map(Block::cut)
        .filter(cut -> !cut.equals(block.cut()) && liar.random().nextInt(4) == 0)
        .findFirst();
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      recent.add(block);
    }
    return List.of();
  }
}
