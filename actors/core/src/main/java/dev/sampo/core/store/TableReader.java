package dev.sampo.core.store;

import dev.sampo.core.types.Bytes;
import java.util.Optional;

/** Reads committed entries. Thread-safe. */
public interface TableReader extends EntryReader {

  /** The entry with the greatest key that is at most {@code key}. */
  Optional<Entry> floor(Table table, Bytes key);
}
