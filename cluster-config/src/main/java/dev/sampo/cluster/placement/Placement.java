package dev.sampo.cluster.placement;

import dev.sampo.core.types.ValidatorSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the committee of a ledger stands. With n validators of which f = (n-1)/3 may lie, q =
 * ceil((n + f + 1) / 2) have to agree (protocol 2.1); fewer than that, and the ledger halts until
 * they are back, and loses nothing.
 */
public record Placement(List<Member> committee) {

  public Placement {
    committee = List.copyOf(committee);
    if (committee.isEmpty()) {
      throw new IllegalArgumentException("a committee has at least one validator");
    }
  }

  public int faultsTolerated() {
    return ValidatorSet.faultsToleratedOf(committee.size());
  }

  public int quorum() {
    return ValidatorSet.quorumOf(committee.size());
  }

  /** How many validators are left after all of {@code losses}. */
  public int left(Collection<Loss> losses) {
    return (int)
        committee.stream()
            .filter(member -> losses.stream().noneMatch(loss -> loss.takes(member)))
            .count();
  }

  /** How many more may be lost then; negative if the ledger halts. */
  public int margin(Collection<Loss> losses) {
    return left(losses) - quorum();
  }

  /** The data centres each of which alone, if lost, halts the ledger; in order. */
  public List<String> fatalDataCentres() {
    var fatal = new TreeSet<String>();
    for (var member : committee) {
      if (margin(List.of(new Loss.OfDataCentre(member.dataCentre()))) < 0) {
        fatal.add(member.dataCentre());
      }
    }
    return List.copyOf(fatal);
  }

  /** The fewest validators of which one may lie. */
  public static final int LIAR_TOLERATED_FROM = 4;

  /**
   * The largest committee among these validators that tolerates a lying one and that the loss of no
   * data centre halts; nothing if there is none. It takes three data centres at least, with the
   * same number of validators in each, such as two, or more of them.
   */
  public static Optional<Placement> survivingOneDataCentre(Collection<Member> validators) {
    for (int size = validators.size(); size >= LIAR_TOLERATED_FROM; size--) {
      var found = spread(validators, size);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** {@code size} of the validators, of no data centre more than a quorum can do without. */
  private static Optional<Placement> spread(Collection<Member> validators, int size) {
    int spare = size - ValidatorSet.quorumOf(size);
    var taken = new ArrayList<Member>();
    var perDataCentre = new TreeMap<String, Integer>();
    var inOrder = validators.stream().sorted(Comparator.comparing(Member::name)).toList();
    for (var member : inOrder) {
      if (taken.size() < size
          && perDataCentre.merge(member.dataCentre(), 1, Integer::sum) <= spare) {
        taken.add(member);
      }
    }
    return taken.size() == size ? Optional.of(new Placement(taken)) : Optional.empty();
  }
}
