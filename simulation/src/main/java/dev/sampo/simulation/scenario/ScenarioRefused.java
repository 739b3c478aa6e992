package dev.sampo.simulation.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario file that cannot be used, with everything that is wrong with it. */
public final class ScenarioRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong in a line, counted from 1. */
  public record Flaw(int line, String message) {
    @Override
    public String toString() {
      return "line " + line + ": " + message;
    }
  }

  private final transient List<Flaw> flaws;

  ScenarioRefused(List<Flaw> flaws) {
    super(flaws.stream().map(Flaw::toString).collect(Collectors.joining("\n")));
    this.flaws = List.copyOf(flaws);
  }

  /** In the order of their lines; at least one. */
  public List<Flaw> flaws() {
    return flaws;
  }
}
