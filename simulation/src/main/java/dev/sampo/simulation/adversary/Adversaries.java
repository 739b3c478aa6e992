package dev.sampo.simulation.adversary;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Makes the adversary of a behaviour. */
public final class Adversaries {

  private Adversaries() {}

  public static Adversary of(Behaviour behaviour, Liar liar) {
    return honest -> behaviour == Behaviour.MUTE ? List.of() : List.of(honest);
  }
}
