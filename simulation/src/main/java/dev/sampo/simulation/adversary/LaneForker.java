package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Appends two batches at one place of its lane, each sent to a part of the others, and makes proofs
 * of both.
 */
final class LaneForker implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final LinkedHashMap<Hash, Batch> siblings = new LinkedHashMap<>();
  private final AckCollector acks;

  LaneForker(Liar liar) {
    this.liar = liar;
    this.acks =
        new AckCollector(
            liar,
            batch -> siblings.values().stream().anyMatch(each -> each.digest().equals(batch)));
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof BatchAppended(var batch, var proof))) {
      return List.of(honest);
    }
    var sibling = siblings.computeIfAbsent(batch.digest(), _ -> siblingOf(batch));
    if (siblings.size() > REMEMBERED) {
      siblings.pollFirstEntry();
    }
    var some = liar.some(honest.recipients());
    var rest = honest.recipients().stream().filter(peer -> !some.contains(peer)).toList();
    return List.of(honest.to(some), honest.to(rest).saying(new BatchAppended(sibling, proof)));
  }

  /** Some of the transactions twice; on the sibling of its parent, now and then. */
  private Batch siblingOf(Batch batch) {
    var transactions = new ArrayList<>(batch.transactions());
    transactions.add(transactions.getFirst());
    var parent = batch.parent();
    var other = siblings.get(parent.digest());
    if (other != null && liar.random().nextBoolean()) {
      parent = new Tip(parent.height(), other.digest());
    }
    var statement =
        Batch.statement(batch.statement().epoch(), liar.self(), batch.run(), parent, transactions);
    return new Batch(statement, transactions, liar.vote(statement).signature());
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    return acks.heard(message);
  }
}
