package dev.sampo.node.ledger;

import dev.sampo.core.execution.StateMemory;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What checks of transactions have read of the state since the last block, so that those that
 * follow need not look for it again. Thread-safe.
 */
final class RecentReads implements StateMemory {

  /** So many bytes of keys and values are remembered; what is read beyond is not. */
  static final int BYTES_MAX = 1 << 20;

  /** What an entry takes besides its bytes. */
  static final int ENTRY_BYTES = 256;

  private record Reads(
      Height height, ConcurrentNavigableMap<Bytes, Optional<Bytes>> known, AtomicInteger bytes) {

    static Reads none(Height height) {
      return new Reads(height, new ConcurrentSkipListMap<>(), new AtomicInteger());
    }

    Optional<Bytes> get(Bytes key, StateReader stored) {
      var remembered = known.get(key);
      if (remembered != null) {
        return remembered;
      }
      var read = stored.get(key);
      int more = ENTRY_BYTES + key.length() + read.map(Bytes::length).orElse(0);
      if (bytes.get() + more <= BYTES_MAX && known.putIfAbsent(key, read) == null) {
        bytes.addAndGet(more);
      }
      return read;
    }
  }

  private volatile Reads newest = Reads.none(Height.ZERO);

  @Override
  public StateReader after(Height height, StateReader stored) {
    var reads = newest;
    if (!reads.height.equals(height)) {
      reads = Reads.none(height);
      newest = reads;
    }
    var remembered = reads;
    return new StateReader() {
      @Override
      public Optional<Bytes> get(Bytes key) {
        return remembered.get(key, stored);
      }

      @Override
      public List<Entry> range(Bytes from, Bytes to, int limit) {
        return stored.range(from, to, limit);
      }
    };
  }
}
