package dev.sampo.core.genesis;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * How far a ledger's order may be ahead of the state that its validators certified (protocol EX7).
 * From half of either limit on validators take in nothing new.
 *
 * @param blocksMax maxLagBlocks: a block this many heights above the state that it refers to still
 *     carries something; at least four times {@code attestEvery}, at most 1,048,576
 * @param batchesMax maxLagBatches: most batches, of all lanes together, that are ordered above that
 *     state; 1 to 1,048,576
 */
public record BacklogLimits(int blocksMax, int batchesMax) {

  /**
   * 1,024 blocks, which are seconds of the fastest ledger; and 4,096 batches, so that a block of
   * 128 lanes may order of each what the shipped lanes allow.
   */
  public static final BacklogLimits DEFAULT = new BacklogLimits(1_024, 4_096);

  /** So many attested heights fit below the limit of blocks. */
  private static final int ATTESTED_MIN = 4;

  private static final int LIMIT_MAX = 1 << 20;

  public BacklogLimits {
    if (blocksMax < ATTESTED_MIN || blocksMax > LIMIT_MAX) {
      throw new IllegalArgumentException("a backlog has 4 to 1048576 blocks, not " + blocksMax);
    }
    if (batchesMax < 1 || batchesMax > LIMIT_MAX) {
      throw new IllegalArgumentException("a backlog has 1 to 1048576 batches, not " + batchesMax);
    }
  }

  /** The shipped limits, or more blocks if states are attested at few heights. */
  static BacklogLimits of(int attestEvery) {
    long needed = (long) ATTESTED_MIN * attestEvery;
    return needed <= DEFAULT.blocksMax
        ? DEFAULT
        : new BacklogLimits(Math.clamp(needed, 0, LIMIT_MAX), DEFAULT.batchesMax);
  }

  /** Else no block could carry anything until a state is attested. */
  boolean suit(int attestEvery) {
    return blocksMax >= (long) ATTESTED_MIN * attestEvery;
  }

  /** Whether a validator takes in nothing new any more. */
  public boolean areHalfReached(long blocks, long batches) {
    return 2 * blocks >= blocksMax || 2 * batches >= batchesMax;
  }

  /** Whether one that took in nothing new does so again: at most a quarter is left. */
  public boolean haveEased(long blocks, long batches) {
    return 4 * blocks <= blocksMax && 4 * batches <= batchesMax;
  }

  void writeTo(WireWriter out) {
    out.u32(blocksMax).u32(batchesMax);
  }

  static BacklogLimits readFrom(WireReader in) throws Malformed {
    return new BacklogLimits(in.u32(), in.u32());
  }
}
