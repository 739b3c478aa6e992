package dev.sampo.core.sync;

import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.store.EntryReader;
import java.util.ArrayList;

/**
 * Answers requests for batches from the store, where all that was acknowledged is kept (L4, L6).
 */
public final class StoredBatches {

  private final EntryReader tables;

  public StoredBatches(EntryReader tables) {
    this.tables = tables;
  }

  /** As many as one message may carry, the highest first; none if the first is not stored here. */
  public BatchResponse answer(BatchRequest request) {
    var batches = new ArrayList<Batch>();
    long bytes = 0;
    var next = request.batch();
    while (next.height().isAfter(request.above())
        && batches.size() < PeerMessageCodec.BATCHES_MAX) {
      var found = LaneRows.batch(tables, request.lane(), next);
      if (found.isEmpty()
          || bytes + found.get().encodedLength() > PeerMessageCodec.BATCHES_BYTES_MAX) {
        break;
      }
      bytes += found.get().encodedLength();
      batches.add(found.get());
      next = found.get().parent();
    }
    return new BatchResponse(batches);
  }
}
