package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;

/**
 * An application's state while a transaction or a block is executed. What is written is read back
 * at once; it is kept only if the transaction succeeds. Breaking a limit throws {@link
 * StateLimitExceeded}, which ends the transaction as a failure.
 */
public interface State extends StateReader {

  /** Longest key in bytes; the shortest has one. */
  int KEY_LENGTH_MAX = StateKey.NAME_LENGTH_MAX;

  /** Longest value in bytes. */
  int VALUE_LENGTH_MAX = 1 << 16;

  /** Most keys that one transaction writes or deletes. */
  int WRITES_MAX = 1_024;

  void put(Bytes key, Bytes value);

  void delete(Bytes key);
}
