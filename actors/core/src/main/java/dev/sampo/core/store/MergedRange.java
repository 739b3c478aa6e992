package dev.sampo.core.store;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Ranges of an ordered map as changes that it has not seen yet will leave it.
 *
 * @param hidden says which entries of the base are gone
 * @param changes new values, or nothing for a deleted key; they win over the base
 */
public record MergedRange(
    Base base, Predicate<Bytes> hidden, NavigableMap<Bytes, Optional<Bytes>> changes) {

  /** Reads the ordered map as it is. */
  @FunctionalInterface
  public interface Base {
    List<Entry> range(Bytes from, Bytes to, int limit);
  }

  /** At most {@code limit} entries with {@code from <= key < to}, ascending. */
  public List<Entry> read(Bytes from, Bytes to, int limit) {
    var merged = new ArrayList<Entry>();
    Bytes next = from;
    while (merged.size() < limit && next.compareTo(to) < 0) {
      var page = base.range(next, to, limit);
      Bytes end = page.size() < limit ? to : successor(page.getLast().key());
      merged.addAll(merge(page, next, end));
      next = end;
    }
    return List.copyOf(merged.size() > limit ? merged.subList(0, limit) : merged);
  }

  private List<Entry> merge(List<Entry> page, Bytes from, Bytes to) {
    var all = new TreeMap<Bytes, Bytes>();
    for (var entry : page) {
      if (!hidden.test(entry.key())) {
        all.put(entry.key(), entry.value());
      }
    }
    changes
        .subMap(from, true, to, false)
        .forEach(
            (key, change) ->
                change.ifPresentOrElse(value -> all.put(key, value), () -> all.remove(key)));
    return all.entrySet().stream()
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The least key above {@code key}. */
  private static Bytes successor(Bytes key) {
    var next = new byte[key.length() + 1];
    key.copyTo(next, 0);
    return Bytes.owning(next);
  }
}
