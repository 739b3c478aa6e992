package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes proofs of batches that only a liar knows to be its own: of what others acknowledge, and of
 * its own word for the same.
 */
final class AckCollector {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final Predicate<Hash> isOwn;
  private final LinkedHashMap<Statement, TreeMap<ValidatorIndex, Vote>> acks =
      new LinkedHashMap<>();

  AckCollector(Liar liar, Predicate<Hash> isOwn) {
    this.liar = liar;
    this.isOwn = isOwn;
  }

  /** The proof, to everyone, once enough have acknowledged the same in the same words. */
  List<Outgoing> heard(PeerMessage message) {
    if (!(message instanceof BatchAck(var vote))
        || !(vote.statement() instanceof Ack ack)
        || !isOwn.test(ack.batch())) {
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
