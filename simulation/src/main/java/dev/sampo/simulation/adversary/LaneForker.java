package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Appends two batches at one place of its lane, each sent to a part of the others, and makes proofs
 * of both.
 */
final class LaneForker implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final LinkedHashMap<Hash, Batch> siblings = new LinkedHashMap<>();
  private final LinkedHashMap<Statement, TreeMap<ValidatorIndex, Vote>> acks =
      new LinkedHashMap<>();

  LaneForker(Liar liar) {
    this.liar = liar;
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
    if (!(message instanceof BatchAck(var vote))
        || !(vote.statement() instanceof Ack ack)
        || siblings.values().stream().noneMatch(each -> each.digest().equals(ack.batch()))) {
      return List.of();
    }
    if (acks.size() > REMEMBERED) {
      acks.pollFirstEntry();
    }
    var votes = acks.computeIfAbsent(ack, _ -> new TreeMap<>());
    votes.put(liar.self(), liar.vote(ack));
    votes.put(vote.signer(), vote);
    return proofOf(ack, votes)
        .map(proof -> new AvailabilityProofs(List.of(proof)))
        .map(proofs -> List.of(Outgoing.now(liar.others(), View.ZERO, proofs)))
        .orElse(List.of());
  }

  private Optional<Certificate> proofOf(Ack ack, Map<ValidatorIndex, Vote> votes) {
    return votes.size() == liar.genesis().validators().availabilityQuorum()
        ? Optional.of(Certificate.of(ack, List.copyOf(votes.values())))
        : Optional.empty();
  }
}
