package dev.sampo.simulation.explore;

import java.util.List;

/**
 * Which scenarios to run.
 *
 * @param families one after the other
 * @param rounds so many views are disturbed, 1 to 3
 * @param share which part of the scenarios, of how many equal ones
 * @param scenariosMax stop after so many, 0 for no limit
 * @param violationsMax stop after so many violations, at least 1
 */
public record ExplorationSettings(
    List<Family> families, int rounds, Share share, long scenariosMax, int violationsMax) {

  /** Part {@code part} of {@code of} equal ones, counted from 1. */
  public record Share(int part, int of) {
    public static final Share WHOLE = new Share(1, 1);

    public Share {
      if (of < 1 || part < 1 || part > of) {
        throw new IllegalArgumentException("no share " + part + " of " + of);
      }
    }

    /** Scrambled, so that a share has something of everything. */
    boolean has(long number) {
      return (number * 0x9E3779B97F4A7C15L >>> 33) % of == part - 1;
    }
  }

  /** All families, three rounds, everything. */
  public static final ExplorationSettings FULL =
      new ExplorationSettings(List.of(Family.values()), Scenario.ROUNDS_MAX, Share.WHOLE, 0, 1);

  public ExplorationSettings {
    families = List.copyOf(families);
    if (families.isEmpty() || rounds < 1 || rounds > Scenario.ROUNDS_MAX) {
      throw new IllegalArgumentException("needs a family and 1 to 3 rounds, not " + rounds);
    }
    if (scenariosMax < 0 || violationsMax < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  public ExplorationSettings share(int part, int of) {
    return new ExplorationSettings(
        families, rounds, new Share(part, of), scenariosMax, violationsMax);
  }
}
