package dev.sampo.simulation.crossledger;

import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;

/**
 * What a run of several ledgers is made of.
 *
 * @param each what every ledger is made of; its seed is the network's, from which each ledger's is
 *     drawn, and its transactions are the sendings of all users of a ledger together
 * @param ledgers 2 to {@link #LEDGERS_MAX}
 */
public record NetworkSettings(SimulationSettings each, int ledgers) {

  public static final int LEDGERS_MAX = 8;

  /** More validators in every one of several ledgers show nothing more, and cost much. */
  public static final int VALIDATORS_MAX = 7;

  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final int SENDINGS = 12;

  public NetworkSettings {
    if (ledgers < 2 || ledgers > LEDGERS_MAX) {
      throw new IllegalArgumentException("2 to " + LEDGERS_MAX + " ledgers");
    }
  }

  /** As long, and with as much to send, as the swarm's networks. */
  public static NetworkSettings of(SimulationSettings each, int ledgers) {
    int validators = each.validators() > VALIDATORS_MAX ? 4 : each.validators();
    return new NetworkSettings(
        each.withValidators(validators).withTransactions(SENDINGS).withDuration(DURATION), ledgers);
  }

  public NetworkSettings lasting(int sendings, Duration duration) {
    return new NetworkSettings(each.withTransactions(sendings).withDuration(duration), ledgers);
  }

  int sendingsOfUser() {
    return each.transactions() / Accounts.USERS.size();
  }

  long seed() {
    return each.seed();
  }

  /** Whether all faults heal, so that everything that was sent must come to its end. */
  boolean heals() {
    return each.profile() != Profile.UNBOUNDED;
  }
}
