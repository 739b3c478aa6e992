package dev.sampo.cluster.demo;

import dev.sampo.core.genesis.Verification;
import dev.sampo.node.ledger.OpenLedgers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo runs.
 *
 * @param data where to keep everything, and resume from; a temporary folder if it is empty
 * @param verification who checks the signatures of clients on new ledgers, by default each
 *     validator; what is resumed has to be like that
 * @param ledgers how many at least, 1 to {@link OpenLedgers#LEDGERS_MAX}; what is resumed may have
 *     more
 * @param sites where and whose the validators are
 * @param cut the data centre that is going to be cut off: new ledgers get committees of which some
 *     keep a quorum without it, and some do not
 * @param isSpread whether each of the demo's people has one account, on one of the ledgers, in
 *     place of one on each
 */
public record DemoChoice(
    Optional<Path> data,
    Optional<Verification> verification,
    int ledgers,
    Sites sites,
    Optional<String> cut,
    boolean isSpread) {

  /** Nothing is cut off, and nobody spread. */
  public DemoChoice(
      Optional<Path> data, Optional<Verification> verification, int ledgers, Sites sites) {
    this(data, verification, ledgers, sites, Optional.empty(), false);
  }

  /**
   * Over how many data centres and organisations the validators are spread, of each 1 to {@link
   * #MAX}, in even and consecutive parts. Each organisation has a Pekko Cluster of its own.
   *
   * @param validators how many there are
   * @param gateways nodes without validators that clients talk to, in the data centres in turn;
   *     none if there are several organisations
   * @param readers nodes that follow the ledgers without a vote, likewise
   */
  public record Sites(
      int dataCentres, int organisations, int validators, int gateways, int readers) {

    /** One for each validator, of which there are no fewer. */
    public static final int MAX = DemoLayout.VALIDATORS;

    /** More would only wait for each other on one machine. */
    public static final int VALIDATORS_MAX = 10;

    /** Unless chosen otherwise. */
    public static final Sites DEFAULT = new Sites(2, 1);

    /** The fewest validators that tolerate a lying one, and no other nodes. */
    public Sites(int dataCentres, int organisations) {
      this(dataCentres, organisations, DemoLayout.VALIDATORS, 0, 0);
    }
  }

  /** One ledger in a temporary folder. */
  public static final DemoChoice DEFAULT =
      new DemoChoice(Optional.empty(), Optional.empty(), 1, Sites.DEFAULT);
}
