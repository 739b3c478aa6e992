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

  private record Asked(AvailabilityWanted wanted, long since) {}

  private final Lanes lanes;
  private final MempoolOutbox outbox;
  private final boolean isAttested;
  private final ArrayDeque<Asked> pending = new ArrayDeque<>();

  /** {@code isAttested}: batches without a proof are to be checked here (X11). */
  Availability(Lanes lanes, MempoolOutbox outbox, boolean isAttested) {
    this.lanes = lanes;
    this.outbox = outbox;
    this.isAttested = isAttested;
  }

  void want(AvailabilityWanted wanted, long nanos) {
    if (wanted.cut().tips().size() != wanted.parent().tips().size()) {
      return;
    }
    // A voter is done with the views below.
    pending.removeIf(each -> each.wanted().view().isBefore(wanted.view()));
    pending.addLast(new Asked(wanted, nanos));
    if (pending.size() > PENDING_MAX) {
      pending.removeFirst();
    }
    settle();
  }

  /** No vote in this view or below is of use any more. */
  void finalAt(View view) {
    pending.removeIf(each -> !each.wanted().view().isAfter(view));
  }

  void settle() {
    for (var each = pending.iterator(); each.hasNext(); ) {
      var wanted = each.next().wanted();
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

  /** X11: a proof that is still missing now may not come: what lacks one is checked here. */
  void checkUnproven(long nanos) {
    for (var asked : pending) {
      long due = asked.since() + PATIENCE;
      if (isAttested && due > nanos) {
        // Those behind it were asked for later.
        outbox.setTimer(MempoolTimer.VERIFY, due - nanos);
        return;
      }
      if (isAttested) {
        var wanted = asked.wanted();
        for (int i = 0; i < wanted.cut().tips().size(); i++) {
          var lane = ValidatorIndex.of(i);
          var tip = wanted.cut().tips().get(i);
          var above = wanted.parent().tips().get(i).height();
          if (!lanes.isAvailable(lane, tip, above)) {
            lanes.demand(lane, tip, above);
          }
        }
      }
    }
  }

  void collect(Map<Wanted, Need> needs) {
    for (var asked : pending) {
      var wanted = asked.wanted();
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
