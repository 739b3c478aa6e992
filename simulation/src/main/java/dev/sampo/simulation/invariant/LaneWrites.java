package dev.sampo.simulation.invariant;

import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.List;

/**
 * What a write tells of lanes (D9, D10, D12).
 *
 * @param batches the batches that it holds
 * @param acks what may be acknowledged once it is on disk, without the incarnation that says so
 * @param announcements of the incarnations that it makes durable
 */
public record LaneWrites(List<Batch> batches, List<Ack> acks, List<Vote> announcements) {

  public LaneWrites {
    batches = List.copyOf(batches);
    acks = List.copyOf(acks);
    announcements = List.copyOf(announcements);
  }

  /** Reads the rows of {@code writes} as they are encoded. */
  public static LaneWrites of(WriteSet writes) {
    var batches = new ArrayList<Batch>();
    var acks = new ArrayList<Ack>();
    var announcements = new ArrayList<Vote>();
    for (var write : writes.writes()) {
      if (write instanceof WriteSet.Write.Put(_, var key, var value)) {
        if (isIn(key, LaneRows.batchesFrom(Height.ZERO), LaneRows.batchesEnd())) {
          batches.add(LaneRows.batch(value));
        } else if (isIn(key, LaneRows.acksFrom(Height.ZERO), LaneRows.acksEnd())) {
          acks.add(ack(key, value));
        } else {
          LaneRows.announcement(key, value).ifPresent(announcements::add);
        }
      }
    }
    return new LaneWrites(batches, acks, announcements);
  }

  private static boolean isIn(Bytes key, Bytes from, Bytes to) {
    return key.compareTo(from) >= 0 && key.compareTo(to) < 0;
  }

  private static Ack ack(Bytes key, Bytes value) {
    var place = LaneRows.ackPlace(key);
    var acked = LaneRows.acked(value);
    return new Ack(
        Epoch.ZERO,
        LaneRows.laneOf(key),
        place.run(),
        place.height(),
        acked.batch(),
        acked.verified(),
        0);
  }
}
