package dev.sampo.simulation.swarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of trouble that a user can ask for by name. */
public enum FaultFamily {
  LOSS,
  DELAY,
  DUPLICATION,
  REPLAY,
  PARTITION,
  FLAPPING,
  CRASH,
  RESTART_STORM,
  PAUSE,
  SLOW_DISK,
  FAILED_DISK,
  BIT_ROT,
  LOST_DISK,
  CLOCK,
  TWINS,
  BYZANTINE,
  /** A validator loses its disk and comes back by asking the others; drawn only if named. */
  RECOVERY,
  /** Copies of a validator start over its one store while older ones run; drawn only if named. */
  SPLIT_BRAIN;

  /** The name on the command line, such as {@code restart-storm}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<FaultFamily> named(String label) {
    return Arrays.stream(values()).filter(family -> family.label().equals(label)).findFirst();
  }
}
