package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes about how far the order may be ahead of the certified state (protocol EX7). */
final class BacklogBugs {

  private static final String BACKLOG = "core/consensus/simplex/Backlog";

  private BacklogBugs() {}

  static List<PlantedBug> all() {
    return List.of(uncheckedBatches(), neverClosed(), lateStart());
  }

  private static PlantedBug uncheckedBatches() {
    return PlantedBug.of(
            "backlog-of-batches", "a vote does not ask how many batches wait", "EX7, N1")
        .edit(
            BACKLOG,
            "return ordered.isExact() ? new Finding.Beyond() : new"
                + " Finding.Unknown(ordered.missing());",
            "return new Finding.Within();")
        .in(Runs.BYZANTINE.lying(Behaviour.OVERSTEP_BACKLOG));
  }

  private static PlantedBug neverClosed() {
    return PlantedBug.of("never-closed", "a validator takes in whatever the backlog", "EX7")
        .edit("core/mempool/BacklogGate", "return open;", "return true;")
        .in(Runs.BUSY);
  }

  private static PlantedBug lateStart() {
    return PlantedBug.of(
            "backlog-forgotten", "a restart takes what it finds for what was ordered before", "EX7")
        .edit(
            "core/lane/OrderedBatches",
            "return totals.firstEntry().getValue() == 0 ? OptionalLong.of(0) :"
                + " OptionalLong.empty();",
            "return OptionalLong.of(totals.firstEntry().getValue());")
        .edit(
            "core/execution/LedgerReader",
            "if (last.cut().batches() == 0) {",
            "if (last.height().number() > 0) {")
        .in(Runs.CRASHES);
  }
}
