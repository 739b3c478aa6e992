package dev.sampo.core.consensus.engine;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.simplex.RecoveringEngine;
import dev.sampo.core.consensus.solo.SoloEngine;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/** The consensus engines that a genesis document can name. */
public final class ConsensusEngines {

  public static final String SIMPLEX = "simplex";
  public static final String SOLO = "solo";
  public static final List<String> NAMES = List.of(SIMPLEX, SOLO);

  private ConsensusEngines() {}

  /** Why no engine can serve {@code genesis}; nothing if one can. */
  public static Optional<String> fault(Genesis genesis) {
    return switch (genesis.engine()) {
      case SIMPLEX -> Optional.empty();
      case SOLO ->
          genesis.validators().size() == 1
              ? Optional.empty()
              : Optional.of("the solo engine needs a ledger with one validator");
      default -> Optional.of(unknown(genesis));
    };
  }

  private static String unknown(Genesis genesis) {
    return "unknown engine '%s', known are %s".formatted(genesis.engine(), NAMES);
  }

  /**
   * The engine that {@code genesis} names.
   *
   * @throws IllegalArgumentException if no engine has that name, or it cannot serve these
   *     validators
   */
  public static ConsensusEngine create(Genesis genesis, ValidatorIndex self) {
    return switch (genesis.engine()) {
      case SIMPLEX -> new RecoveringEngine(genesis, self);
      case SOLO -> new SoloEngine(genesis, self);
      default -> throw new IllegalArgumentException(unknown(genesis));
    };
  }
}
