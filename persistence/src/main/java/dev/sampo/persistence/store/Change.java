package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;

/** One change of the store; applied together with the others of its write, in order. */
public sealed interface Change {

  record Put(Family family, Bytes key, Bytes value) implements Change {}

  record Delete(Family family, Bytes key) implements Change {}

  /** Deletes every entry with {@code from <= key < to}. */
  record DeleteRange(Family family, Bytes from, Bytes to) implements Change {}
}
