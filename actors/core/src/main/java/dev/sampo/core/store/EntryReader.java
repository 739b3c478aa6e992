package dev.sampo.core.store;

import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;

/** Reads entries by their keys, committed or about to be. */
public interface EntryReader {

  /** One entry of a table. */
  record Entry(Bytes key, Bytes value) {}

  Optional<Bytes> get(Table table, Bytes key);

  /** At most {@code limit} entries with {@code from <= key < to}, in ascending order of keys. */
  List<Entry> range(Table table, Bytes from, Bytes to, int limit);
}
