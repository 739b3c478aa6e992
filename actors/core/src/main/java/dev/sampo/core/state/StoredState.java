package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.Table;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The newest state in a ledger's tables. As thread-safe as the reader. */
public final class StoredState implements StateReader {

  private final EntryReader tables;

  public StoredState(EntryReader tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return reading(() -> tables.get(Table.STATE, key));
  }

  @Override
  public List<Entry> range(Bytes from, Bytes to, int limit) {
    StateOverlay.requireRange(limit);
    return reading(() -> tables.range(Table.STATE, from, to, limit));
  }

  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException failure) {
      throw new StateUnavailable(failure);
    }
  }
}
