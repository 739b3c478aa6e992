package dev.sampo.testkit.ledger;

import dev.sampo.core.execution.Application;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What ledger a test wants.
 *
 * @param validators 1 to 16
 * @param dataCentres over which the validators are spread in even, consecutive parts
 * @param application makes a new one for each validator, as validators share no memory
 * @param organisations over which they are spread likewise; each has a Pekko Cluster of its own
 * @param liars who may be made Byzantine, by their indices
 * @param seed of keys, salts, jitter and, in the simulated world, of everything
 */
public record LedgerPlan(
    int validators,
    List<String> dataCentres,
    int organisations,
    Supplier<Application> application,
    Start start,
    List<Integer> liars,
    long seed) {

  /** Who is there at the start, and with what; at least one account. */
  public record Start(LedgerStart state, List<TestAccount> accounts) {
    public Start {
      accounts = List.copyOf(accounts);
      if (accounts.isEmpty()) {
        throw new IllegalArgumentException("a ledger under test has at least one account");
      }
    }
  }

  public static final int VALIDATORS_MAX = 16;

  public LedgerPlan {
    dataCentres = List.copyOf(dataCentres);
    liars = List.copyOf(liars);
    if (validators < 1 || validators > VALIDATORS_MAX) {
      throw new IllegalArgumentException("1 to 16 validators, not " + validators);
    }
    if (organisations < 1 || organisations > validators) {
      throw new IllegalArgumentException("each organisation has at least one of the validators");
    }
    int count = validators;
    if (liars.stream().anyMatch(liar -> liar < 0 || liar >= count)) {
      throw new IllegalArgumentException(
          "liars are validators from 0 to " + (validators - 1) + ", not " + liars);
    }
    boolean distinct = new TreeSet<>(dataCentres).size() == dataCentres.size();
    if (dataCentres.isEmpty() || dataCentres.size() > validators || !distinct) {
      throw new IllegalArgumentException(
          "each data centre has a name of its own and at least one of the validators");
    }
  }

  /** Where the validator of this index stands. */
  public String dataCentreOf(int validator) {
    return dataCentres.get(validator * dataCentres.size() / validators);
  }

  /** Whose it is, by the organisation's index. */
  public int organisationOf(int validator) {
    return validator * organisations / validators;
  }
}
