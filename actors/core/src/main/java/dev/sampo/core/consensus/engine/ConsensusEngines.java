package dev.sampo.core.consensus.engine;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.consensus.solo.SoloEngine;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** The consensus engines that a genesis document can name. */
public final class ConsensusEngines {

  public static final String SIMPLEX = "simplex";
  public static final String SOLO = "solo";
  public static final List<String> NAMES = List.of(SIMPLEX, SOLO);

  private ConsensusEngines() {}

  /**
   * The engine that {@code genesis} names.
   *
   * @throws IllegalArgumentException if no engine has that name, or it cannot serve these
   *     validators
   */
  public static ConsensusEngine create(Genesis genesis, ValidatorIndex self) {
    return switch (genesis.engine()) {
      case SIMPLEX -> new SimplexEngine(genesis, self);
      case SOLO -> new SoloEngine(genesis, self);
      default ->
          throw new IllegalArgumentException(
              "unknown engine '%s', known are %s".formatted(genesis.engine(), NAMES));
    };
  }
}
