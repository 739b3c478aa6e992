package dev.sampo.persistence.store;

import dev.sampo.core.store.Table;

/** An ordered map from bytes to bytes within the store; all of them share one write-ahead log. */
public enum Family {
  BLOCK,
  BLOCK_HEIGHT,
  RESULT,
  TRANSACTION,
  STATE,
  TREE,
  DEDUPE,
  ATTESTATION,
  LANE,
  META,
  /** Events of persistent actors; see {@code dev.sampo.persistence.journal}. */
  JOURNAL,
  /** Snapshots of persistent actors. */
  SNAPSHOT,
  /** Whose store this is, and the writer epoch. */
  IDENTITY;

  /** Where a table of the ledger is kept. */
  static Family of(Table table) {
    return switch (table) {
      case BLOCK -> BLOCK;
      case BLOCK_HEIGHT -> BLOCK_HEIGHT;
      case RESULT -> RESULT;
      case TRANSACTION -> TRANSACTION;
      case STATE -> STATE;
      case TREE -> TREE;
      case DEDUPE -> DEDUPE;
      case ATTESTATION -> ATTESTATION;
      case LANE -> LANE;
      case META -> META;
    };
  }
}
