package dev.sampo.simulation.scenario;

import java.util.List;

/** A named place and the indices of the validators that stand there. */
public record DataCentre(String name, List<Integer> validators) {

  public DataCentre {
    validators = List.copyOf(validators);
    if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException(
          "the name of a data centre has 1 to 32 characters of a-z 0-9 -, first a letter");
    }
  }
}
