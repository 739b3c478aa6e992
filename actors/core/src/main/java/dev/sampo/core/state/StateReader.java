package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;

/** Reads an application's state: an ordered map from keys to values. */
public interface StateReader {

  /** Most entries that {@link #range} returns. */
  int RANGE_MAX = 1_000;

  Optional<Bytes> get(Bytes key);

  /**
   * The first {@code limit} entries with {@code from <= key < to}, ascending; {@code limit} is at
   * most {@link #RANGE_MAX}.
   */
  List<Entry> range(Bytes from, Bytes to, int limit);
}
