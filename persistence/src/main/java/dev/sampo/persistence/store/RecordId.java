package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;

/** Names a record within a replica; in the order in which records are written. */
record RecordId(Family family, Bytes key) implements Comparable<RecordId> {

  @Override
  public int compareTo(RecordId other) {
    int byFamily = family.compareTo(other.family);
    return byFamily != 0 ? byFamily : key.compareTo(other.key);
  }
}
