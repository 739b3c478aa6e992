package dev.sampo.simulation.swarm;

import dev.sampo.simulation.fault.Behaviour;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link Swarm} is asked for.
 *
 * @param families those that may be drawn, in any order
 * @param behaviours the lies that may be drawn, in any order
 * @param faultsEnd when everything has healed
 */
public record SwarmSettings(
    long seed,
    int validators,
    Profile profile,
    List<FaultFamily> families,
    List<Behaviour> behaviours,
    Duration faultsEnd) {

  public SwarmSettings {
    families = families.stream().distinct().sorted().toList();
    behaviours = behaviours.stream().distinct().sorted().toList();
    if (validators < 1 || faultsEnd.isNegative()) {
      throw new IllegalArgumentException("needs a validator and an end that is not negative");
    }
  }
}
