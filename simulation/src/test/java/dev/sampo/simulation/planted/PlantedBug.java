package dev.sampo.simulation.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A mistake that an implementation of the protocol could contain, the runs that are searched for
 * it, and which seed is known to show it.
 *
 * @param id short, for the table in the docs
 * @param title what is wrong
 * @param rule the rule that is broken
 * @param catchers the invariants of which at least one must trip
 * @param seed the first seed from 1 on that shows it
 */
record PlantedBug(
    String id,
    String title,
    String rule,
    List<Edit> edits,
    Runs runs,
    SortedSet<String> catchers,
    long seed) {

  PlantedBug {
    edits = List.copyOf(edits);
    catchers = new TreeSet<>(catchers);
  }

  static PlantedBug of(String id, String title, String rule) {
    return new PlantedBug(id, title, rule, List.of(), Runs.SWARM, new TreeSet<>(), 1);
  }

  /** The same with one change of a source file more. */
  PlantedBug edit(String file, String before, String after) {
    var more = new ArrayList<>(edits);
    more.add(new Edit(file, before, after));
    return new PlantedBug(id, title, rule, more, runs, catchers, seed);
  }

  PlantedBug in(Runs others) {
    return new PlantedBug(id, title, rule, edits, others, catchers, seed);
  }

  /** Seed {@code first} shows it, by one or more of these invariants. */
  PlantedBug caught(long first, String... by) {
    return new PlantedBug(id, title, rule, edits, runs, new TreeSet<>(List.of(by)), first);
  }
}
