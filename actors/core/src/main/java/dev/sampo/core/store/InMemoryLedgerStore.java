package dev.sampo.core.store;

import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ledger store that forgets everything with its process; for simulation and tests. Thread-safe.
 */
public final class InMemoryLedgerStore implements LedgerStore {

  private final Map<Table, NavigableMap<Bytes, Bytes>> tables = new EnumMap<>(Table.class);

  public InMemoryLedgerStore() {
    for (var table : Table.values()) {
      tables.put(table, new TreeMap<>());
    }
  }

  @Override
  public synchronized void commit(WriteSet writes) {
    for (var write : writes.writes()) {
      switch (write) {
        case WriteSet.Write.Put(var table, var key, var value) -> entries(table).put(key, value);
        case WriteSet.Write.Delete(var table, var key) -> entries(table).remove(key);
        case WriteSet.Write.DeleteRange(var table, var from, var to) ->
            entries(table).subMap(from, true, to, false).clear();
      }
    }
  }

  @Override
  public synchronized void defer(WriteSet writes) {
    commit(writes);
  }

  @Override
  public synchronized Optional<Bytes> get(Table table, Bytes key) {
    return Optional.ofNullable(entries(table).get(key));
  }

  @Override
  public synchronized List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
    if (from.compareTo(to) >= 0) {
      return List.of();
    }
    var found = new ArrayList<Entry>();
    for (var entry : entries(table).subMap(from, true, to, false).entrySet()) {
      if (found.size() == limit) {
        break;
      }
      found.add(new Entry(entry.getKey(), entry.getValue()));
    }
    return List.copyOf(found);
  }

  @Override
  public synchronized Optional<Entry> floor(Table table, Bytes key) {
    var entry = entries(table).floorEntry(key);
    return entry == null
        ? Optional.empty()
        : Optional.of(new Entry(entry.getKey(), entry.getValue()));
  }

  /** How many entries the table holds. */
  public synchronized int size(Table table) {
    return entries(table).size();
  }

  private NavigableMap<Bytes, Bytes> entries(Table table) {
    NavigableMap<Bytes, Bytes> entries = tables.get(table);
    if (entries == null) {
      throw new IllegalStateException("no table " + table);
    }
    return entries;
  }
}
