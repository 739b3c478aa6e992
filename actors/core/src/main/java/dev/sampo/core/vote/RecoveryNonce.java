package dev.sampo.core.vote;

import dev.sampo.core.types.Bytes;

/**
 * What tells the answers to one recovery from those to an older one: 128 random bits, drawn anew by
 * the host at every start in recovery (RE2).
 */
public record RecoveryNonce(Bytes value) {

  /** Length in bytes. */
  public static final int LENGTH = 16;

  public RecoveryNonce {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a nonce has 16 bytes, not " + value.length());
    }
  }
}
