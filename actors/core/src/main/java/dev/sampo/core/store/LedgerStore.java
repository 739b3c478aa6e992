package dev.sampo.core.store;

/**
 * The durable tables of one ledger on one node. The first failed write or sync is final: every
 * later call fails, and the process must stop (faults 47, 48).
 */
public interface LedgerStore extends TableReader {

  /** Writes all of {@code writes} or nothing; on disk when this returns. Blocks. */
  void commit(WriteSet writes);

  /**
   * Writes all of {@code writes} or nothing, visible at once, and on disk no later than the next
   * {@link #commit}: for what can be had again, such as certificates that peers hold too.
   */
  void defer(WriteSet writes);
}
