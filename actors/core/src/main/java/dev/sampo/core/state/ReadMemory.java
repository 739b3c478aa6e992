package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers what was read, up to {@link #CAPACITY} keys, of a state that does not change while it
 * is used. Not thread-safe.
 */
public final class ReadMemory implements StateReader {

  static final int CAPACITY = 16_384;

  private final StateReader below;
  private final TreeMap<Bytes, Optional<Bytes>> known = new TreeMap<>();

  public ReadMemory(StateReader below) {
    this.below = below;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    var remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    var read = below.get(key);
    if (known.size() < CAPACITY) {
      known.put(key, read);
    }
    return read;
  }

  @Override
  public List<Entry> range(Bytes from, Bytes to, int limit) {
    return below.range(from, to, limit);
  }
}
