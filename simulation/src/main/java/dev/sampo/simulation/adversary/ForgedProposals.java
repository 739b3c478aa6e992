package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Notarize;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Puts other blocks in the place of a leader's own, and its votes for them where it meant those.
 */
final class ForgedProposals {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final LinkedHashMap<View, Hash> proposed = new LinkedHashMap<>();

  ForgedProposals(Liar liar) {
    this.liar = liar;
  }

  Proposal propose(Block forged, List<Certificate> justification) {
    proposed.put(forged.view(), forged.hash());
    if (proposed.size() > REMEMBERED) {
      proposed.pollFirstEntry();
    }
    return Forgery.propose(liar, forged, justification);
  }

  Outgoing vote(Outgoing honest) {
    return honest.message() instanceof ConsensusVote(var vote)
            && vote.statement() instanceof Notarize(var epoch, var view, _)
            && proposed.containsKey(view)
        ? honest.saying(new ConsensusVote(liar.vote(new Notarize(epoch, view, proposed.get(view)))))
        : honest;
  }
}
