package dev.sampo.simulation.planted;

import java.util.List;
import java.util.stream.Stream;

/** All planted bugs. */
final class Catalogue {

  private Catalogue() {}

  static List<PlantedBug> all() {
    return Stream.of(
            VotingBugs.all(),
            JournalBugs.all(),
            ProgressBugs.all(),
            LedgerBugs.all(),
            LaneBugs.all(),
            AttestedBugs.all(),
            BacklogBugs.all(),
            RecoveryBugs.all(),
            PacketBugs.all(),
            MoveBugs.all())
        .flatMap(List::stream)
        .toList();
  }

  static PlantedBug named(String id) {
    return all().stream().filter(bug -> bug.id().equals(id)).findFirst().orElseThrow();
  }
}
