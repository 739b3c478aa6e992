package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;

/** One change of the store; applied together with the others of its write, in order. */
public sealed interface Change {

  record Put(Family family, Bytes key, Bytes value) implements Change {}

  /**
   * As {@link Put}, of a key that its writer has found to be absent. Where that proves wrong
   * because another process has written since, nothing of the write is kept and its writer is
   * fenced (protocol V2).
   */
  record Insert(Family family, Bytes key, Bytes value) implements Change {}

  record Delete(Family family, Bytes key) implements Change {}

  /** Deletes every entry with {@code from <= key < to}. */
  record DeleteRange(Family family, Bytes from, Bytes to) implements Change {}
}
