package dev.sampo.simulation.explore;

import java.util.function.Supplier;

/** An invariant of 2.20 is broken: ends the run of a scenario. */
final class Breach extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Breach(String invariant, String otherwise) {
    super(invariant + ": " + otherwise);
  }

  static void unless(boolean holds, String invariant, Supplier<String> otherwise) {
    if (!holds) {
      throw new Breach(invariant, otherwise.get());
    }
  }
}
