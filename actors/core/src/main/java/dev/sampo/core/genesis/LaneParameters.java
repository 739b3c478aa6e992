package dev.sampo.core.genesis;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What all nodes of a ledger agree on about lanes (protocol 2.1, L2b).
 *
 * @param batchBytesMax most bytes of transactions in a batch, at most 512 KiB
 * @param windowBytes most bytes of batches of one run of a lane that wait to be ordered
 * @param advanceMax most batches of one lane that a block orders; 0: the ledger has no lanes
 */
public record LaneParameters(int batchBytesMax, int windowBytes, int advanceMax) {

  /** Batches up to 512 KiB, 2 MiB ahead of the order, at most 32 batches of a lane in a block. */
  public static final LaneParameters DEFAULT = new LaneParameters(512 << 10, 2 << 20, 32);

  /** Every transaction goes into the inline section of a block. */
  public static final LaneParameters NONE = new LaneParameters(512 << 10, 2 << 20, 0);

  private static final int BATCH_BYTES_MAX = 512 << 10;
  private static final int ADVANCE_MAX = 1024;

  public LaneParameters {
    if (batchBytesMax < 1 || batchBytesMax > BATCH_BYTES_MAX) {
      throw new IllegalArgumentException("a batch has 1 byte to 512 KiB, not " + batchBytesMax);
    }
    if (windowBytes < batchBytesMax) {
      throw new IllegalArgumentException("the window of a lane holds at least one batch");
    }
    if (advanceMax < 0 || advanceMax > ADVANCE_MAX) {
      throw new IllegalArgumentException("a block orders 0 to 1024 batches, not " + advanceMax);
    }
  }

  public boolean areUsed() {
    return advanceMax > 0;
  }

  void writeTo(WireWriter out) {
    out.u32(batchBytesMax).u32(windowBytes).u32(advanceMax);
  }

  static LaneParameters readFrom(WireReader in) throws Malformed {
    return new LaneParameters(in.u32(), in.u32(), in.u32());
  }
}
