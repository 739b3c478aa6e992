package dev.sampo.persistence.store;

import dev.sampo.core.store.Table;

/** An ordered map from bytes to bytes within the store; a write may change several. */
public enum Family {
  BLOCK(1),
  BLOCK_HEIGHT(2),
  RESULT(3),
  TRANSACTION(4),
  STATE(5),
  TREE(6),
  DEDUPE(7),
  ATTESTATION(8),
  LANE(9),
  META(10),
  /** Events of persistent actors; see {@code dev.sampo.persistence.journal}. */
  JOURNAL(11),
  /** Snapshots of persistent actors. */
  SNAPSHOT(12),
  /** Whose store this is, and the writer epoch. */
  IDENTITY(13);

  private final short code;

  Family(int code) {
    this.code = (short) code;
  }

  /** As it stands in rows of a shared database; never to be given to another family. */
  short code() {
    return code;
  }

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
