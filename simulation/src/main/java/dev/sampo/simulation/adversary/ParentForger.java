package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.LinkedHashMap;
import java.util.List;

/** Proposes on a block of its own making in the place of the parent, and serves that block. */
final class ParentForger implements Adversary {

  private final Liar liar;
  private final RecentBlocks recent = new RecentBlocks();
  private final LinkedHashMap<Hash, Block> forged = new LinkedHashMap<>();

  ParentForger(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))) {
      return List.of(honest);
    }
    recent.add(block);
    var parent = recent.find(block.header().parent());
    if (parent.isEmpty() || liar.random().nextBoolean()) {
      return List.of(honest);
    }
    var real = parent.get();
    var earlier = LedgerTime.ofMillis(Math.max(0, real.header().time().millis() - 1));
    var invented = Forgery.sibling(real, earlier, real.header().type(), real.inline());
    forged.put(invented.hash(), invented);
    var child = Forgery.onParent(block, invented);
    return List.of(honest.saying(Forgery.propose(liar, child, justification)));
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal(var block, _, _)) {
      recent.add(block);
    } else if (message instanceof BlockRequest(var hash) && forged.containsKey(hash)) {
      var answer = new BlockResponse(forged.get(hash));
      return List.of(Outgoing.now(List.of(from), View.ZERO, answer));
    }
    return List.of();
  }
}
