package dev.sampo.simulation.planted;

import java.util.ArrayList;
import java.util.List;

/**
 * A mistake that an implementation of the protocol could contain, and the runs that are searched
 * for it. Which seed shows it stands in the {@link CatchTable}.
 *
 * @param id short, for the table in the docs
 * @param title what is wrong
 * @param rule the rule that is broken
 */
record PlantedBug(String id, String title, String rule, List<Edit> edits, Runs runs) {

  PlantedBug {
    edits = List.copyOf(edits);
  }

  static PlantedBug of(String id, String title, String rule) {
    return new PlantedBug(id, title, rule, List.of(), Runs.SWARM);
  }

  /** The same with one change of a source file more. */
  PlantedBug edit(String file, String before, String after) {
    var more = new ArrayList<>(edits);
    more.add(new Edit(file, before, after));
    return new PlantedBug(id, title, rule, more, runs);
  }

  PlantedBug in(Runs others) {
    return new PlantedBug(id, title, rule, edits, others);
  }
}
