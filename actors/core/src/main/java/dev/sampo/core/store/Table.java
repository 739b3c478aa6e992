package dev.sampo.core.store;

/** The tables of a ledger's store; each is an ordered map from bytes to bytes. */
public enum Table {
  /** Height (u64) to block, and how it became final. */
  BLOCK,
  /** Block hash to height (u64). */
  BLOCK_HEIGHT,
  /** Height (u64) and index (u32) to the result of a transaction. */
  RESULT,
  /** Transaction id to height (u64) and index (u32). */
  TRANSACTION,
  /** Application key to value: the newest state. */
  STATE,
  /** Nodes of the authenticated state tree. */
  TREE,
  /** Entries of the dedupe set. */
  DEDUPE,
  /** Height (u64) to own attestation and to state certificate. */
  ATTESTATION,
  /** Batches of lanes by height, lane and digest, and what was acknowledged of them. */
  LANE,
  /** Single values, such as the height that was executed last. */
  META
}
