package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes in lanes (protocol 2.10) and in how blocks order them. */
final class LaneBugs {

  private static final String LANES = "core/mempool/Lanes";
  private static final String HELD_LANE = "core/mempool/HeldLane";
  private static final String MACHINE = "core/mempool/MempoolMachine";
  private static final String ORDERED_BLOCK = "core/lane/OrderedBlock";
  private static final String PROPOSAL_RULES = "core/consensus/simplex/ProposalRules";

  private LaneBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        earlyAck(),
        doubleAck(),
        earlyBatch(),
        unseenBatches(),
        cutGoesBack(),
        cutTooFar(),
        laneOrder(),
        missingBatch(),
        groundlessAck(),
        askedAgainAtOnce());
  }

  private static PlantedBug earlyAck() {
    return PlantedBug.of("early-ack", "a batch is acknowledged before it is on disk", "L2, D10")
        .edit(
            LANES,
            """
                  case TAKEN -> {
                    changed = true;
                    takeAckable(lane);
            """,
            """
                  case TAKEN -> {
                    changed = true;
                    takeAckable(lane);
                    toAck.forEach(each -> outbox.add(new MempoolEffect.Sign(each.ack())));
            """);
  }

  private static PlantedBug doubleAck() {
    return PlantedBug.of("double-ack", "two batches at one place are acknowledged", "L2, I15")
        .edit(HELD_LANE, "if (other != null) {", "if (batch.digest().equals(other)) {")
        .edit(HELD_LANE, "if (acked.containsKey(placeOf(batch)) ||", "if (batch.run() < 0 ||")
        .in(Runs.BYZANTINE.lying(Behaviour.FORK_LANE));
  }

  private static PlantedBug earlyBatch() {
    return PlantedBug.of("early-batch", "a batch is sent before it is on disk", "L1, D9")
        .edit(
            "core/mempool/Batcher",
            "      unstored = Optional.of(batch);\n",
            """
                  unstored = Optional.of(batch);
                  outbox.broadcast(new BatchAppended(batch, Optional.empty()));
            """);
  }

  private static PlantedBug unseenBatches() {
    return PlantedBug.of(
            "unseen-batches", "a vote does not wait for the batches that its block orders", "N4")
        .edit(
            "core/consensus/simplex/Voter",
            "if (block.cut().equals(parent.cut()) || slot.isAvailable(block.hash())) {",
            "if (block.height().isAfter(parent.height())) {")
        .in(Runs.BYZANTINE.lying(Behaviour.INVENT_TIPS));
  }

  private static PlantedBug cutGoesBack() {
    return PlantedBug.of("cut-goes-back", "a cut may go back behind its parent's", "N1, I12")
        .edit(
            PROPOSAL_RULES,
            "advance == 0 ? tip.equals(before) : advance > 0 && advance <= advanceMax;",
            "advance == 0 ? tip.equals(before) : advance <= advanceMax;")
        .in(Runs.BYZANTINE.lying(Behaviour.REVERT_CUT));
  }

  private static PlantedBug cutTooFar() {
    return PlantedBug.of("cut-too-far", "a block orders more batches of a lane than it may", "N1")
        .edit(
            PROPOSAL_RULES,
            "advance == 0 ? tip.equals(before) : advance > 0 && advance <= advanceMax;",
            "advance == 0 ? tip.equals(before) : advance > 0 && advanceMax > 0;")
        .edit(
            HELD_LANE,
            "return tipAfter(parent, limits.advanceMax());",
            "return tipAfter(parent, Integer.MAX_VALUE);")
        .in(Runs.BUSY);
  }

  private static PlantedBug laneOrder() {
    return PlantedBug.of("lane-order", "every block begins with the first lane", "L5")
        .edit(
            ORDERED_BLOCK,
            "segments.get((int) ((block.view().number() + turn) % lanes));",
            "segments.get(turn);");
  }

  private static PlantedBug missingBatch() {
    return PlantedBug.of("missing-batch", "execution skips a batch that is not at hand", "L6, I13")
        .edit(
            ORDERED_BLOCK,
            """
                  if (!walk.isComplete()) {
                    return Optional.empty();
                  }
            """,
            "");
  }

  private static PlantedBug groundlessAck() {
    return PlantedBug.of(
            "groundless-ack", "a batch is acknowledged whatever lies below it", "L2, I15")
        .edit(
            HELD_LANE,
            "boolean onFinal = parent.equals(finalTip) && batch.run() >= highestRun;",
            "boolean onFinal = batch.run() >= highestRun;")
        .in(Runs.LATE);
  }

  private static PlantedBug askedAgainAtOnce() {
    return PlantedBug.of(
            "told-at-once", "a leader that was given nothing is told of work again at once", "TI4")
        .edit(MACHINE, "if (!(input instanceof MempoolInput.PayloadWanted)) {", "{")
        .in(Runs.SWARM.recoverable().lasting(280, 180));
  }
}
