package dev.sampo.core.store;

import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A ledger store that forgets everything with its process; for simulation and tests. Thread-safe.
 */
public final class InMemoryLedgerStore implements LedgerStore {

  /**
   * One table. Most are only ever asked for single keys, so that keys are put in order no sooner
   * than somebody asks for their order.
   */
  private static final class Entries {
    private static final int GONE_KEPT = 1_024;

    private final Map<Bytes, Bytes> values = new LinkedHashMap<>();
    // May hold keys that are gone: never many more than there are others.
    private final NavigableSet<Bytes> ordered = new TreeSet<>();
    private final List<Bytes> notOrdered = new ArrayList<>();
    private int gone;

    void put(Bytes key, Bytes value) {
      if (values.put(key, value) == null) {
        notOrdered.add(key);
      }
    }

    void remove(Bytes key) {
      if (values.remove(key) != null && ++gone > values.size() + GONE_KEPT) {
        ordered.clear();
        notOrdered.clear();
        notOrdered.addAll(values.keySet());
        gone = 0;
      }
    }

    void removeRange(Bytes from, Bytes to) {
      var range = ordered().subSet(from, true, to, false);
      range.forEach(values::remove);
      range.clear();
    }

    List<Entry> range(Bytes from, Bytes to, int limit) {
      var found = new ArrayList<Entry>();
      var keys = ordered().subSet(from, true, to, false).iterator();
      while (found.size() < limit && keys.hasNext()) {
        var key = keys.next();
        var value = values.get(key);
        if (value == null) {
          keys.remove();
        } else {
          found.add(new Entry(key, value));
        }
      }
      return List.copyOf(found);
    }

    Optional<Entry> floor(Bytes key) {
      for (var below : ordered().headSet(key, true).descendingSet()) {
        var value = values.get(below);
        if (value != null) {
          return Optional.of(new Entry(below, value));
        }
      }
      return Optional.empty();
    }

    private NavigableSet<Bytes> ordered() {
      ordered.addAll(notOrdered);
      notOrdered.clear();
      return ordered;
    }
  }

  private final Map<Table, Entries> tables = new EnumMap<>(Table.class);

  public InMemoryLedgerStore() {
    for (var table : Table.values()) {
      tables.put(table, new Entries());
    }
  }

  @Override
  public synchronized void commit(WriteSet writes) {
    for (var write : writes.writes()) {
      switch (write) {
        case WriteSet.Write.Put(var table, var key, var value) -> entries(table).put(key, value);
        case WriteSet.Write.Delete(var table, var key) -> entries(table).remove(key);
        case WriteSet.Write.DeleteRange(var table, var from, var to) ->
            entries(table).removeRange(from, to);
      }
    }
  }

  @Override
  public synchronized void defer(WriteSet writes) {
    commit(writes);
  }

  @Override
  public synchronized Optional<Bytes> get(Table table, Bytes key) {
    return Optional.ofNullable(entries(table).values.get(key));
  }

  @Override
  public synchronized List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
    return from.compareTo(to) >= 0 ? List.of() : entries(table).range(from, to, limit);
  }

  @Override
  public synchronized Optional<Entry> floor(Table table, Bytes key) {
    return entries(table).floor(key);
  }

  /** How many entries the table holds. */
  public synchronized int size(Table table) {
    return entries(table).values.size();
  }

  private Entries entries(Table table) {
    Entries entries = tables.get(table);
    if (entries == null) {
      throw new IllegalStateException("no table " + table);
    }
    return entries;
  }
}
