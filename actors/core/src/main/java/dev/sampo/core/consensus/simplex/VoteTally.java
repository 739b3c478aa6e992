package dev.sampo.core.consensus.simplex;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The first vote of each kind by each signer in one view (2.3), and what contradicts it (2.14). */
final class VoteTally {

  private final TreeMap<ValidatorIndex, Vote> notarizes = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Vote> nullifies = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Vote> finalizes = new TreeMap<>();
  private final TreeSet<ValidatorIndex> convicted = new TreeSet<>();

  /** Counts the vote; false if the signer has already cast one of this kind. */
  boolean add(Vote vote) {
    return votes(vote.statement()).putIfAbsent(vote.signer(), vote) == null;
  }

  /** Proof that the signer of {@code vote} contradicts itself, at most once per signer. */
  Optional<Evidence> contradiction(Vote vote) {
    var contradicted =
        switch (vote.statement()) {
          case Statement.Notarize n -> other(notarizes, vote);
          case Statement.Nullify n -> Optional.ofNullable(finalizes.get(vote.signer()));
          case Statement.Finalize f ->
              other(finalizes, vote).or(() -> Optional.ofNullable(nullifies.get(vote.signer())));
          case Statement.Propose p -> Optional.<Vote>empty();
          case Statement.StateAttest s -> Optional.<Vote>empty();
          case Statement.Append a -> Optional.<Vote>empty();
          case Statement.Ack a -> Optional.<Vote>empty();
          case Statement.OfRecovery r -> Optional.<Vote>empty();
        };
    return contradicted.isPresent() && convicted.add(vote.signer())
        ? Optional.of(new Evidence.ConflictingVotes(contradicted.get(), vote))
        : Optional.empty();
  }

  /** A certificate, just when {@code quorum} validators have said {@code statement}. */
  Optional<Certificate> certificate(Statement statement, int quorum) {
    var all = votes(statement);
    if (all.size() < quorum) {
      return Optional.empty();
    }
    var equal = new ArrayList<Vote>();
    for (var vote : all.values()) {
      if (vote.statement().equals(statement)) {
        equal.add(vote);
      }
    }
    return equal.size() == quorum
        ? Optional.of(Certificate.of(statement, equal))
        : Optional.empty();
  }

  boolean hasNullify(ValidatorIndex signer) {
    return nullifies.containsKey(signer);
  }

  /** The votes of one validator, at most one per kind. */
  List<Vote> of(ValidatorIndex signer) {
    var votes = new ArrayList<Vote>();
    for (var byVoter : List.of(notarizes, nullifies, finalizes)) {
      var vote = byVoter.get(signer);
      if (vote != null) {
        votes.add(vote);
      }
    }
    return votes;
  }

  int size() {
    return notarizes.size() + nullifies.size() + finalizes.size();
  }

  private Map<ValidatorIndex, Vote> votes(Statement statement) {
    return switch (statement) {
      case Statement.Notarize n -> notarizes;
      case Statement.Nullify n -> nullifies;
      case Statement.Finalize f -> finalizes;
      case Statement.Propose p -> throw new IllegalArgumentException("a proposal is no vote");
      case Statement.StateAttest s -> throw new IllegalArgumentException("no vote on order");
      case Statement.Append a -> throw new IllegalArgumentException("no vote on order");
      case Statement.Ack a -> throw new IllegalArgumentException("no vote on order");
      case Statement.OfRecovery r -> throw new IllegalArgumentException("no vote on order");
    };
  }

  private static Optional<Vote> other(Map<ValidatorIndex, Vote> votes, Vote vote) {
    var first = votes.get(vote.signer());
    return first == null || first.statement().equals(vote.statement())
        ? Optional.empty()
        : Optional.of(first);
  }
}
