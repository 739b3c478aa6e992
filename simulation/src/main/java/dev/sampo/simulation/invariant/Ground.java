package dev.sampo.simulation.invariant;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom an invariant may hold to the rules.
 *
 * @param liars who is Byzantine, or loses what it promised, at some time of the run
 */
public record Ground(Genesis genesis, SortedSet<ValidatorIndex> liars) {

  public Ground {
    liars = new TreeSet<>(liars);
  }

  boolean isHonest(ValidatorIndex index) {
    return !liars.contains(index);
  }

  int validators() {
    return genesis.validators().size();
  }

  int quorum() {
    return genesis.validators().quorum();
  }

  /** How many signatures make a certificate over the statement. */
  int threshold(Statement statement) {
    return statement instanceof Statement.Ack ? availabilityQuorum() : quorum();
  }

  int availabilityQuorum() {
    return genesis.validators().availabilityQuorum();
  }

  /** Whether so few lie that the ledger promises to be safe. */
  boolean isTolerated() {
    return liars.size() <= genesis.validators().faultsTolerated();
  }
}
