package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes on ledgers where execution relies on signatures that others checked (X11). */
final class AttestedBugs {

  private static final String LANES = "core/mempool/Lanes";

  private AttestedBugs() {}

  static List<PlantedBug> all() {
    return List.of(unverifiedAck(), plainProof(), unverifiedVote(), unverifiedInline());
  }

  private static PlantedBug unverifiedAck() {
    return PlantedBug.of(
            "unverified-ack", "a batch is vouched for whatever its signatures are", "X11")
        .edit(
            LANES,
            "held.checks().judged(batch, invalid);",
            "held.checks().judged(batch, Optional.empty());")
        .in(Runs.BYZANTINE.lying(Behaviour.FORGE_BATCHES));
  }

  private static PlantedBug plainProof() {
    return PlantedBug.of(
            "plain-proof", "a proof counts whose signers only stored the batch", "X11, N4")
        .edit(LANES, "&& ack.verified() == isAttested) {", "&& contains(ack.lane())) {")
        .in(Runs.BYZANTINE.lying(Behaviour.FORGE_BATCHES));
  }

  private static PlantedBug unverifiedVote() {
    return PlantedBug.of(
            "unverified-vote", "a voter that holds the batches needs no look at them", "X11, N4")
        .edit(LANES, "allMatch(each -> checks.isValid(each.digest()))", "allMatch(each -> true)")
        .in(Runs.BYZANTINE.lying(Behaviour.FORGE_BATCHES));
  }

  private static PlantedBug unverifiedInline() {
    return PlantedBug.of(
            "unverified-inline", "a vote does not wait for the signatures of the block", "X11, N1")
        .edit(
            "core/consensus/simplex/Voter",
            "if (!rules.areInlineVerified() || block.inline().isEmpty()) {",
            "if (rules.inlineBytesMax() > 0 || block.inline().isEmpty()) {")
        .in(Runs.BYZANTINE.lying(Behaviour.FORGE_INLINE));
  }
}
