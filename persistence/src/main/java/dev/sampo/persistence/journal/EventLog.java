package dev.sampo.persistence.journal;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.persistence.store.Change;
import dev.sampo.persistence.store.Family;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.StaleWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The events of persistent actors in the store: of each actor a gapless or growing row of sequence
 * numbers, none of which is ever given twice, and each with the epoch of its writer (fault 56).
 */
final class EventLog {

  /** An event as its serializer has left it. */
  record Event(String persistenceId, long sequenceNr, Bytes content) {}

  private record Written(long epoch, Bytes content) {}

  private static final int FORMAT = 1;
  private static final int EVENTS_PER_READ = 16;
  private static final int STRIPES = 16;

  private final NodeStore store;
  private final long writerEpoch;

  /** One writer at a time for each actor, while those of different actors share a sync. */
  private final List<Object> stripes =
      IntStream.range(0, STRIPES).mapToObj(stripe -> new Object()).toList();

  /** The highest number of each actor that this log has written for; nothing else writes. */
  private final Map<String, Long> lastWritten = new ConcurrentHashMap<>();

  EventLog(NodeStore store, long writerEpoch) {
    this.store = store;
    this.writerEpoch = writerEpoch;
  }

  /**
   * Writes all events of one actor or none.
   *
   * @throws StaleWriter if another writer has written, or has taken over the store
   */
  void append(String persistenceId, List<Event> events) {
    synchronized (stripe(persistenceId)) {
      long highest = highest(persistenceId);
      var changes = new ArrayList<Change>();
      for (var event : events) {
        if (event.sequenceNr() <= highest) {
          throw new StaleWriter(
              "sequence number %d of %s is taken".formatted(event.sequenceNr(), persistenceId));
        }
        highest = event.sequenceNr();
        var key = RecordKey.numbered(persistenceId, highest);
        changes.add(new Change.Insert(Family.JOURNAL, key, encode(event)));
      }
      store.write(writerEpoch, changes);
      lastWritten.put(persistenceId, highest);
    }
  }

  /**
   * Hands over at most {@code max} events with sequence numbers from {@code from} to {@code to}.
   */
  void replay(String persistenceId, long from, long to, long max, Consumer<Event> consumer) {
    var end = RecordKey.numbered(persistenceId, to == Long.MAX_VALUE ? to : to + 1);
    long next = from;
    long left = max;
    long epoch = 0;
    while (left > 0 && next <= to) {
      int limit = (int) Math.min(left, EVENTS_PER_READ);
      var start = RecordKey.numbered(persistenceId, next);
      var entries = store.range(Family.JOURNAL, start, end, limit);
      for (var entry : entries) {
        next = RecordKey.sequenceNrIn(entry.key());
        var written = decode(new Event(persistenceId, next, entry.value()));
        if (written.epoch() < epoch || written.epoch() > writerEpoch) {
          throw new StaleWriter(
              "event %d of %s was written under epoch %d, after epoch %d, read under %d"
                  .formatted(next, persistenceId, written.epoch(), epoch, writerEpoch));
        }
        epoch = written.epoch();
        consumer.accept(new Event(persistenceId, next, written.content()));
        next++;
      }
      left = entries.size() < limit ? 0 : left - entries.size();
    }
  }

  /** The highest sequence number that was ever given to an event of the actor, deleted or not. */
  long highest(String persistenceId) {
    var written = lastWritten.get(persistenceId);
    if (written != null) {
      return written;
    }
    long stored =
        store
            .floor(Family.JOURNAL, RecordKey.numbered(persistenceId, Long.MAX_VALUE))
            .map(Entry::key)
            .filter(key -> key.compareTo(RecordKey.numbered(persistenceId, 0)) >= 0)
            .map(RecordKey::sequenceNrIn)
            .orElse(0L);
    return Math.max(stored, deletedUpTo(persistenceId));
  }

  /** Deletes the events up to {@code to}; their numbers stay taken. */
  void deleteTo(String persistenceId, long to) {
    synchronized (stripe(persistenceId)) {
      long last = Math.min(to, highest(persistenceId));
      if (last <= deletedUpTo(persistenceId)) {
        return;
      }
      var from = RecordKey.numbered(persistenceId, 0);
      var end = RecordKey.numbered(persistenceId, last + 1);
      var mark = WireWriter.encode(out -> out.u64(last));
      store.write(
          writerEpoch,
          List.of(
              new Change.DeleteRange(Family.JOURNAL, from, end),
              new Change.Put(Family.JOURNAL, RecordKey.deletedUpTo(persistenceId), mark)));
    }
  }

  private long deletedUpTo(String persistenceId) {
    return store
        .get(Family.JOURNAL, RecordKey.deletedUpTo(persistenceId))
        .map(mark -> decoded(mark, WireReader::u64, persistenceId))
        .orElse(0L);
  }

  private Bytes encode(Event event) {
    return WireWriter.encode(out -> out.u8(FORMAT).u64(writerEpoch).bytes(event.content()));
  }

  private Written decode(Event stored) {
    return decoded(
        stored.content(),
        in -> {
          int format = in.u8();
          if (format != FORMAT) {
            throw new Malformed("unknown format " + format);
          }
          return new Written(in.u64(), in.bytes(Integer.MAX_VALUE));
        },
        stored.persistenceId() + " at " + stored.sequenceNr());
  }

  private static <T> T decoded(Bytes encoded, WireReader.Decoder<T> decoder, String what) {
    try {
      return WireReader.decode(encoded, decoder);
    } catch (Malformed damage) {
      throw new IllegalStateException("the journal of " + what + " is damaged", damage);
    }
  }

  private Object stripe(String persistenceId) {
    return stripes.get(Math.floorMod(persistenceId.hashCode(), STRIPES));
  }
}
