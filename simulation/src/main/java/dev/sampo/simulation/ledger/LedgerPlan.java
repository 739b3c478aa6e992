package dev.sampo.simulation.ledger;

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
 * @param seed of keys, salts, jitter and, in the simulated world, of everything
 */
public record LedgerPlan(
    int validators,
    List<String> dataCentres,
    Supplier<Application> application,
    Start start,
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
    if (validators < 1 || validators > VALIDATORS_MAX) {
      throw new IllegalArgumentException("1 to 16 validators, not " + validators);
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
}
