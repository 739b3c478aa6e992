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
 * Writes that are on their way to a store, readable as if they had arrived. Each group of writes
 * has a number that counts up; once the store has it, {@link #committed} forgets it. The caller
 * bounds how far it runs ahead. Not thread-safe.
 */
public final class Overlay implements EntryReader {

  private record Pending(Optional<Bytes> value, long group) {}

  private record Dropped(Table table, Bytes from, Bytes to, long group) {
    boolean covers(Table other, Bytes key) {
      return table == other && from.compareTo(key) <= 0 && key.compareTo(to) < 0;
    }
  }

  private final EntryReader base;
  private final Map<Table, NavigableMap<Bytes, Pending>> pending = new EnumMap<>(Table.class);
  private final List<Dropped> dropped = new ArrayList<>();

  public Overlay(EntryReader base) {
    this.base = base;
    for (var table : Table.values()) {
      pending.put(table, new TreeMap<>());
    }
  }

  /** Adds the writes of {@code group}. */
  public void add(long group, WriteSet writes) {
    for (var write : writes.writes()) {
      switch (write) {
        case WriteSet.Write.Put(var table, var key, var value) ->
            entries(table).put(key, new Pending(Optional.of(value), group));
        case WriteSet.Write.Delete(var table, var key) ->
            entries(table).put(key, new Pending(Optional.empty(), group));
        case WriteSet.Write.DeleteRange(var table, var from, var to) -> {
          entries(table).subMap(from, true, to, false).clear();
          dropped.add(new Dropped(table, from, to, group));
        }
      }
    }
  }

  /** Forgets all groups up to {@code group}: the store has them. */
  public void committed(long group) {
    for (var entries : pending.values()) {
      entries.values().removeIf(own -> own.group <= group);
    }
    dropped.removeIf(range -> range.group <= group);
  }

  @Override
  public Optional<Bytes> get(Table table, Bytes key) {
    var own = entries(table).get(key);
    if (own != null) {
      return own.value;
    }
    return isDropped(table, key) ? Optional.empty() : base.get(table, key);
  }

  @Override
  public List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
    if (from.compareTo(to) >= 0) {
      return List.of();
    }
    var own = entries(table).subMap(from, true, to, false);
    if (own.isEmpty() && dropped.isEmpty()) {
      return base.range(table, from, to, limit);
    }
    var changes = new TreeMap<Bytes, Optional<Bytes>>();
    own.forEach((key, change) -> changes.put(key, change.value));
    MergedRange.Base stored = (start, end, most) -> base.range(table, start, end, most);
    return new MergedRange(stored, key -> isDropped(table, key), changes).read(from, to, limit);
  }

  private boolean isDropped(Table table, Bytes key) {
    for (var range : dropped) {
      if (range.covers(table, key)) {
        return true;
      }
    }
    return false;
  }

  private NavigableMap<Bytes, Pending> entries(Table table) {
    NavigableMap<Bytes, Pending> entries = pending.get(table);
    if (entries == null) {
      throw new IllegalStateException("no table " + table);
    }
    return entries;
  }
}
