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
 * @param dataCentres over how many the validators are spread, 1 to {@link #DATA_CENTRES_MAX}
 */
public record DemoChoice(
    Optional<Path> data, Optional<Verification> verification, int ledgers, int dataCentres) {

  /** Data centres, unless chosen otherwise. */
  public static final int DATA_CENTRES = 2;

  /** One for each validator. */
  public static final int DATA_CENTRES_MAX = DemoLayout.VALIDATORS;

  /** One ledger in a temporary folder. */
  public static final DemoChoice DEFAULT =
      new DemoChoice(Optional.empty(), Optional.empty(), 1, DATA_CENTRES);
}
