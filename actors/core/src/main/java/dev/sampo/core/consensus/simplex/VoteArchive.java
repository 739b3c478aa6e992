package dev.sampo.core.consensus.simplex;

import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Vote;
import java.util.Optional;
import java.util.TreeMap;

/** The votes of views that are final, kept so that late contradictions become evidence (2.14). */
final class VoteArchive {

  private static final long VIEWS_MAX = 1024;
  private static final int VOTES_MAX = 65_536;

  private final TreeMap<View, VoteTally> tallies = new TreeMap<>();
  private int votes;

  void add(Slot slot) {
    tallies.put(slot.view(), slot.votes());
    votes += slot.votes().size();
    while (votes > VOTES_MAX || slot.view().number() - tallies.firstKey().number() > VIEWS_MAX) {
      votes -= tallies.pollFirstEntry().getValue().size();
    }
  }

  /** Proof that the signer of a late vote contradicts itself. */
  Optional<Evidence> contradiction(View view, Vote vote) {
    var tally = Optional.ofNullable(tallies.get(view));
    var evidence = tally.flatMap(known -> known.contradiction(vote));
    if (tally.isPresent() && evidence.isEmpty() && tally.get().add(vote)) {
      votes++;
    }
    return evidence;
  }
}
