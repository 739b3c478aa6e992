package dev.sampo.core.mempool;

/** The timers of a mempool: setting one again replaces it. */
public enum MempoolTimer {
  /** Transactions wait to be passed on. */
  GOSSIP,
  /** The oldest transaction of the next batch is old enough (L1). */
  BATCH,
  /** A proof of availability waits for a batch to travel with (L3). */
  PROOF,
  /** Send again what was not acknowledged (L3). */
  RETRY,
  /** Ask, or ask again, for batches that are missing (L6, N5). */
  FETCH,
  /** A voter checks what no proof came for (X11). */
  VERIFY,
  /** Announce the own incarnation again to whoever has not stored it (RE4). */
  INCARNATION
}
