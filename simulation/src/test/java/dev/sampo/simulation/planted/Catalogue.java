package dev.sampo.simulation.planted;

import java.util.List;
import java.util.stream.Stream;

/** All planted bugs. */
final class Catalogue {

  private Catalogue() {}

  /** Those of which a seed is known that shows them. */
  static List<PlantedBug> caught() {
    return all().stream().filter(bug -> !bug.catchers().isEmpty()).toList();
  }

  /** Also those that nothing has caught yet: what the swarm cannot see so far. */
  static List<PlantedBug> all() {
    return Stream.of(VotingBugs.all(), JournalBugs.all(), ProgressBugs.all(), LedgerBugs.all())
        .flatMap(List::stream)
        .toList();
  }
}
