package dev.sampo.core.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps at most a given number of values, forgetting the least recently used first. Thread-safe.
 */
public final class LruCache<K, V> {

  private final Map<K, V> entries;

  /** Keys that peers or clients choose should be {@link Comparable}, against crafted collisions. */
  public LruCache(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("needs room for at least one entry, got " + capacity);
    }
    this.entries = new Bounded<>(capacity);
  }

  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  public synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  /** What was kept for {@code key}, if anything; it is forgotten. */
  public synchronized Optional<V> remove(K key) {
    return Optional.ofNullable(entries.remove(key));
  }

  public synchronized int size() {
    return entries.size();
  }

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    Bounded(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > capacity;
    }
  }
}
