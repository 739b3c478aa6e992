package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;

/** Which tip of a lane a leader may propose (P3). */
final class TipChoice {

  /** So many batches must become final before a lane is in good standing again. */
  static final int SUSPECTED_FOR = 32;

  private record Candidate(long run, Tip tip) {}

  private final LaneParameters limits;
  private final LaneProofs proofs;
  private final SignatureChecks checks;
  private final Function<Tip, Optional<Batch>> stored;
  private Tip finalTip = Tip.UNUSED;
  private Height suspectUpTo = Height.ZERO;

  /** {@code stored} finds a batch of the lane that is on disk. */
  TipChoice(
      LaneParameters limits,
      LaneProofs proofs,
      SignatureChecks checks,
      Function<Tip, Optional<Batch>> stored) {
    this.limits = limits;
    this.proofs = proofs;
    this.checks = checks;
    this.stored = stored;
  }

  /**
   * The tip of the highest run, and of that the highest, whose batches are all on disk and meet
   * {@code parent}. If it is too far ahead, it covers what lies below it (L3): as much as a block
   * may order, at most {@code batchesMax} batches. While the lane is in good standing, one that is
   * {@code acked} here needs no proof; never where every voter would have to check its signatures
   * (X11).
   */
  Tip after(Tip parent, NavigableMap<AckPlace, Hash> acked, int batchesMax) {
    var candidates = new ArrayList<Candidate>();
    if (isInGoodStanding() && !checks.isAttested()) {
      acked
          .descendingMap()
          .forEach(
              (at, digest) ->
                  candidates.add(new Candidate(at.run(), new Tip(at.height(), digest))));
    }
    candidates.addAll(proven());
    return best(candidates, parent, batchesMax);
  }

  /** As {@link #after}, but only what a proof of availability covers. */
  Tip provenAfter(Tip parent) {
    return best(proven(), parent, limits.advanceMax());
  }

  private Tip best(List<Candidate> candidates, Tip parent, int batchesMax) {
    var best = parent;
    long bestRun = -1;
    for (var candidate : candidates) {
      boolean isBetter =
          candidate.tip().height().isAfter(parent.height()) && candidate.run() > bestRun;
      var tip = isBetter ? highestBelow(candidate.tip(), parent, batchesMax) : parent;
      if (!tip.equals(parent)) {
        best = tip;
        bestRun = candidate.run();
      }
    }
    return best;
  }

  private List<Candidate> proven() {
    return proofs.highestFirst().stream()
        .map(ack -> new Candidate(ack.run(), new Tip(ack.height(), ack.batch())))
        .toList();
  }

  private boolean isInGoodStanding() {
    return !finalTip.height().isBefore(suspectUpTo);
  }

  /** Its batches did not reach everyone in time: for a while only proven ones are proposed. */
  void suspect() {
    suspectUpTo = finalTip.height().plus(SUSPECTED_FOR);
  }

  /** On the way from {@code tip} down to {@code parent} the highest tip that a block may order. */
  private Tip highestBelow(Tip tip, Tip parent, int batchesMax) {
    var chain = new ArrayList<Batch>();
    var next = tip;
    while (next.height().isAfter(parent.height())) {
      var found = stored.apply(next);
      if (found.isEmpty() || checks.forgedEntry(next.digest()).isPresent()) {
        return parent;
      }
      chain.add(found.get());
      next = found.get().parent();
    }
    var highest = parent;
    if (next.equals(parent)) {
      long bytes = 0;
      int advance = 0;
      for (var batch : chain.reversed()) {
        bytes += batch.payloadLength();
        if (++advance > batchesMax || bytes > limits.windowBytes()) {
          return highest;
        }
        highest = batch.tip();
      }
    }
    return highest;
  }

  /** L4: a final block orders the lane up to {@code tip}. */
  void finalAt(Tip tip) {
    finalTip = tip;
  }
}
