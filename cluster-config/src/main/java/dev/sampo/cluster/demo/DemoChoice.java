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
 */
public record DemoChoice(
    Optional<Path> data, Optional<Verification> verification, int ledgers, Sites sites) {

  /**
   * Over how many data centres and organisations the validators are spread, of each 1 to {@link
   * #MAX}, in even and consecutive parts. Each organisation has a Pekko Cluster of its own.
   */
  public record Sites(int dataCentres, int organisations) {

    /** One for each validator. */
    public static final int MAX = DemoLayout.VALIDATORS;

    /** Unless chosen otherwise. */
    public static final Sites DEFAULT = new Sites(2, 1);
  }

  /** One ledger in a temporary folder. */
  public static final DemoChoice DEFAULT =
      new DemoChoice(Optional.empty(), Optional.empty(), 1, Sites.DEFAULT);
}
