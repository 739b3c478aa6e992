package dev.sampo.simulation.adversary;

import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Appends batches to its lane in which a client's signature is not valid, vouches for them, makes
 * proofs of whatever others acknowledge, and as leader orders them, proven or not, and votes for
 * that.
 */
final class BatchForger implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final AckCollector acks;
  private final ForgedProposals proposals;
  private final LinkedHashMap<Hash, Batch> forged = new LinkedHashMap<>();

  BatchForger(Liar liar) {
    this.liar = liar;
    this.proposals = new ForgedProposals(liar);
    this.acks =
        new AckCollector(
            liar, batch -> forged.values().stream().anyMatch(each -> each.digest().equals(batch)));
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case BatchAppended(var batch, var proof) -> {
        // Sent again, it would be checked by all.
        if (forged.containsKey(batch.digest())) {
          yield List.of();
        }
        var other = forge(batch);
        forged.put(batch.digest(), other);
        if (forged.size() > REMEMBERED) {
          forged.pollFirstEntry();
        }
        yield List.of(honest.saying(new BatchAppended(other, proof)));
      }
      case Proposal proposal -> List.of(honest.saying(ordering(proposal)));
      case PeerMessage other -> List.of(proposals.vote(honest));
    };
  }

  private Batch forge(Batch batch) {
    var transactions = new ArrayList<>(batch.transactions());
    int victim = liar.random().nextInt(transactions.size());
    transactions.set(victim, Forgery.withBadSignature(transactions.get(victim)));
    var below = forged.get(batch.parent().digest());
    var parent = below == null ? batch.parent() : new Tip(batch.parent().height(), below.digest());
    var statement =
        Batch.statement(batch.statement().epoch(), liar.self(), batch.run(), parent, transactions);
    return new Batch(statement, transactions, liar.vote(statement).signature());
  }

  /** Every other time with a forged batch on top of what the block orders of the own lane. */
  private Proposal ordering(Proposal proposal) {
    var block = proposal.block();
    int lane = liar.self().number();
    var tips = new ArrayList<>(block.cut().tips());
    for (var batch : forged.values()) {
      if (batch.parent().equals(tips.get(lane)) && liar.random().nextBoolean()) {
        tips.set(lane, batch.tip());
        var other = Forgery.ordering(block, new Cut(tips), BlockType.NORMAL, block.inline());
        return proposals.propose(other, proposal.justification());
      }
    }
    return proposal;
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    return acks.heard(message);
  }
}
