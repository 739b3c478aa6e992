package dev.sampo.persistence.store;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import dev.sampo.core.types.Bytes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Says of nearly every key that a family does not hold that it does not, without asking the
 * database (Bloom, Space/time trade-offs in hash coding, 1970). Deleted keys stay in it until it is
 * made anew from those that are there, which is due when it has taken thrice as many. Thread-safe.
 */
final class KeyFilter {

  /** One in so many keys that are not there is asked for all the same. */
  private static final double FALSE_POSITIVES = 0.01;

  /** As many times what it was made of. */
  private static final long TAKEN_BEFORE_RENEWAL = 3;

  private static final long KEYS_MIN = 1 << 16;

  /** Ten megabytes; a family with more keys than this has more false positives. */
  private static final long KEYS_MAX = 1 << 23;

  private final AtomicBoolean isBeingMade = new AtomicBoolean();
  private final LongAdder taken = new LongAdder();
  private volatile @Nullable BloomFilter<byte[]> current;
  private volatile @Nullable BloomFilter<byte[]> next;
  private volatile long dueAt;

  /** Whether the family may hold this key; always, before the first filter is complete. */
  boolean mayHold(byte[] key) {
    var filter = current;
    return filter == null || filter.mightContain(key);
  }

  boolean isComplete() {
    return current != null && !isBeingMade.get();
  }

  /** Before the key is written. */
  void take(Bytes key) {
    var bytes = key.toByteArray();
    put(current, bytes);
    put(next, bytes);
    taken.increment();
  }

  /** Whether the caller shall make the filter anew; true for one caller at a time. */
  boolean claimRenewal() {
    boolean isDue = current == null || taken.sum() >= dueAt;
    return isDue && isBeingMade.compareAndSet(false, true);
  }

  /**
   * Starts a new filter, which takes what is written from now on. No write may be under way, or its
   * key could be missed by the filter and by the reader of what is there.
   */
  void begin(long keysExpected) {
    long capacity = Math.clamp((1 + TAKEN_BEFORE_RENEWAL) * keysExpected, KEYS_MIN, KEYS_MAX);
    next = BloomFilter.create(Funnels.byteArrayFunnel(), capacity, FALSE_POSITIVES);
    taken.reset();
  }

  /** A key that is there. */
  void found(Bytes key) {
    put(next, key.toByteArray());
  }

  /**
   * All keys that were there have been {@link #found}. No write may be under way, or its key could
   * go into the old filter alone.
   */
  void complete(long keysFound) {
    dueAt = Math.max(KEYS_MIN, TAKEN_BEFORE_RENEWAL * keysFound);
    current = next;
    next = null;
    isBeingMade.set(false);
  }

  private static void put(@Nullable BloomFilter<byte[]> filter, byte[] key) {
    if (filter != null) {
      filter.put(key);
    }
  }
}
