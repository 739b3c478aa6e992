package dev.sampo.simulation.adversary;

import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.List;

/**
 * As leader orders a batch that nobody has, and shows a proof with signatures of its own making.
 */
final class TipInventor implements Adversary {

  private final Liar liar;

  TipInventor(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Proposal(var block, _, var justification))
        || !liar.genesis().parameters().lanes().areUsed()
        || liar.random().nextBoolean()) {
      return List.of(honest);
    }
    var tips = new ArrayList<>(block.cut().tips());
    int lane = liar.random().nextInt(tips.size());
    var height = tips.get(lane).height().next();
    var tip = new Cut.Tip(height, Sha256.hash(block.hash().value()));
    tips.set(lane, tip);
    var invented = Forgery.ordering(block, new Cut(tips), BlockType.NORMAL, block.inline());
    var ack =
        new Ack(
            Epoch.ZERO,
            ValidatorIndex.of(lane),
            0,
            height,
            tip.digest(),
            liar.genesis().parameters().isAttested(),
            0);
    return List.of(
        honest.saying(new AvailabilityProofs(List.of(proofOf(ack)))),
        honest.saying(Forgery.propose(liar, invented, justification)));
  }

  private Certificate proofOf(Ack ack) {
    var own = liar.vote(ack);
    return Certificate.of(
        ack,
        liar.genesis().validators().indices().stream()
            .limit(liar.genesis().validators().availabilityQuorum())
            .map(signer -> new Vote(ack, signer, own.signature()))
            .toList());
  }
}
