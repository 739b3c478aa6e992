package dev.sampo.persistence.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sampo.core.types.Bytes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The records that execution reads, which were read or written last, in bounded memory. It agrees
 * with the database because there is one writer, which tells it of each write, and because a writer
 * that was fenced can write nothing that rests on what it has read here. Beside a write that is
 * under way a reader sees each record as it was or as it becomes.
 */
final class RecordCache {

  /** What an entry takes beside its key and value: about, and rather more. */
  private static final int OVERHEAD_BYTES = 128;

  /** A record of {@code family} as it is since the {@code generation}-th deletion of a range. */
  private record Slot(RecordId id, long generation) {}

  /** Goes through {@link Cache#get} and back out as what it was. */
  private static final class FailedRead extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final SQLException failure;

    FailedRead(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** Reads from the database. */
  @FunctionalInterface
  interface Source {
    Optional<Bytes> read() throws SQLException;
  }

  /** Absent ones too: that nothing is there is asked as often. */
  private final Cache<Slot, Optional<Bytes>> records;

  /** A range that was deleted may be anywhere in the cache: then it starts anew. */
  private final AtomicLong generation = new AtomicLong();

  RecordCache(long bytesMax) {
    records =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher(
                (Slot slot, Optional<Bytes> value) ->
                    slot.id().key().length() + value.map(Bytes::length).orElse(0) + OVERHEAD_BYTES)
            .executor(Runnable::run)
            .build();
  }

  /** How many bytes it holds. */
  long bytes() {
    return records.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  Optional<Bytes> get(RecordId id, Source source) throws SQLException {
    if (!isFor(id.family())) {
      return source.read();
    }
    try {
      // The slot is locked until the value is there, so that a later write's comes after it.
      return records.get(slot(id), slot -> read(source));
    } catch (FailedRead failed) {
      throw failed.failure;
    }
  }

  /** Whether any of {@code changes} is of a family that is kept here. */
  boolean concerns(List<Change> changes) {
    return changes.stream()
        .anyMatch(
            change ->
                switch (change) {
                  case Change.Put(var family, _, _) -> isFor(family);
                  case Change.Insert(var family, _, _) -> isFor(family);
                  case Change.Delete(var family, _) -> isFor(family);
                  case Change.DeleteRange(var family, _, _) -> isFor(family);
                });
  }

  /** Takes over what was written, after it was; one write at a time, in the order of commits. */
  void written(List<Change> changes) {
    for (var change : changes) {
      switch (change) {
        case Change.Put(var family, var key, var value) -> put(new RecordId(family, key), value);
        case Change.Insert(var family, var key, var value) -> put(new RecordId(family, key), value);
        case Change.Delete(var family, var key) ->
            records.asMap().remove(slot(new RecordId(family, key)));
        case Change.DeleteRange(var family, var from, var to) -> {
          if (isFor(family) && from.compareTo(to) < 0) {
            generation.incrementAndGet();
          }
        }
      }
    }
  }

  private void put(RecordId id, Bytes value) {
    if (isFor(id.family())) {
      records.put(slot(id), Optional.of(value));
    }
  }

  private Slot slot(RecordId id) {
    return new Slot(id, generation.get());
  }

  private static Optional<Bytes> read(Source source) {
    try {
      return source.read();
    } catch (SQLException failed) {
      throw new FailedRead(failed);
    }
  }

  private static boolean isFor(Family family) {
    return switch (family) {
      case STATE, TREE, DEDUPE, ATTESTATION, META -> true;
      case BLOCK, BLOCK_HEIGHT, RESULT, TRANSACTION, LANE, JOURNAL, SNAPSHOT, IDENTITY -> false;
    };
  }
}
