package dev.sampo.core.block;

import dev.sampo.core.wire.Malformed;

/** What a block may carry (protocol 2.2); the ordinal is its code. */
public enum BlockType {
  /** Carries transactions. */
  NORMAL,
  /** Carries nothing; helps its ancestors to become final. */
  EMPTY,
  /** Names the validator set of the next epoch. */
  EPOCH_END,
  /** A descendant of an EPOCH_END in the same epoch; no part of the ledger. */
  EPOCH_TAIL;

  static BlockType ofCode(int code) throws Malformed {
    return switch (code) {
      case 0 -> NORMAL;
      case 1 -> EMPTY;
      case 2 -> EPOCH_END;
      case 3 -> EPOCH_TAIL;
      default -> throw new Malformed("unknown block type " + code);
    };
  }
}
