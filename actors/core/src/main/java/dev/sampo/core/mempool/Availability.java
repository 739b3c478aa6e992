package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.mempool.BatchFetcher.Need;
import dev.sampo.core.mempool.BatchFetcher.Purpose;
import dev.sampo.core.mempool.BatchFetcher.Wanted;
import dev.sampo.core.mempool.MempoolInput.AvailabilityWanted;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** Whether the batches that a proposed block orders are available (N4). */
final class Availability {

  /** A voter asks once in a view; what else may be asked is bounded. */
  private static final int PENDING_MAX = 8;

  /** So long a batch or its proof may be behind the proposal before they are asked for. */
  private static final long PATIENCE = Duration.ofMillis(20).toNanos();

  private final Lanes lanes;
  private final MempoolOutbox outbox;
  private final ArrayDeque<AvailabilityWanted> pending = new ArrayDeque<>();

  Availability(Lanes lanes, MempoolOutbox outbox) {
    this.lanes = lanes;
    this.outbox = outbox;
  }

  void want(AvailabilityWanted wanted) {
    if (wanted.cut().tips().size() != wanted.parent().tips().size()) {
      return;
    }
    // A voter is done with the views below.
    pending.removeIf(each -> each.view().isBefore(wanted.view()));
    pending.addLast(wanted);
    if (pending.size() > PENDING_MAX) {
      pending.removeFirst();
    }
    settle();
  }

  /** No vote in this view or below is of use any more. */
  void finalAt(View view) {
    pending.removeIf(each -> !each.view().isAfter(view));
  }

  void settle() {
    for (var each = pending.iterator(); each.hasNext(); ) {
      var wanted = each.next();
      if (isAvailable(wanted)) {
        outbox.add(new MempoolEffect.Available(wanted.view(), wanted.block()));
        each.remove();
      }
    }
  }

  private boolean isAvailable(AvailabilityWanted wanted) {
    for (int i = 0; i < wanted.cut().tips().size(); i++) {
      var tip = wanted.cut().tips().get(i);
      var above = wanted.parent().tips().get(i).height();
      if (!lanes.isAvailable(ValidatorIndex.of(i), tip, above)) {
        return false;
      }
    }
    return true;
  }

  void collect(Map<Wanted, Need> needs) {
    for (var wanted : pending) {
      for (int i = 0; i < wanted.cut().tips().size(); i++) {
        collect(wanted, ValidatorIndex.of(i), wanted.cut().tips().get(i), needs);
      }
    }
  }

  private void collect(
      AvailabilityWanted wanted, ValidatorIndex lane, Tip tip, Map<Wanted, Need> needs) {
    Height above = wanted.parent().tips().get(lane.number()).height();
    if (needs.size() < BatchFetcher.NEEDS_MAX && !lanes.isAvailable(lane, tip, above)) {
      lanes
          .secure(lane, tip, above)
          .ifPresent(
              missing ->
                  needs.putIfAbsent(
                      new Wanted(lane, missing),
                      new Need(above, List.of(wanted.proposer()), PATIENCE, Purpose.VOTE)));
    }
  }
}
