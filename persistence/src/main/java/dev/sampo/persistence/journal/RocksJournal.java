package dev.sampo.persistence.journal;

import dev.sampo.core.types.Bytes;
import dev.sampo.persistence.journal.EventLog.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Try;

/**
 * The journal of Pekko Persistence on the stores of the node's ledgers. What it acknowledges is on
 * disk; writes run on the storage dispatcher, several at a time, and share their syncs.
 */
public final class RocksJournal extends AsyncWriteJournal {

  private final NodeStoreExtension stores;
  private final Serialization serialization;
  private final StorageWorkers workers;

  /** Made by Pekko, by the name of the class in the configuration. */
  public RocksJournal() {
    var system = context().system();
    stores = NodeStoreExtension.get(system);
    serialization = SerializationExtension.get(system);
    workers = StorageWorkers.of(system);
  }

  /** The messages of one call are those of one persistent actor: they are written all or none. */
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    return workers.call(() -> write(messages));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return workers.run(() -> log(persistenceId).deleteTo(persistenceId, toSequenceNr));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return workers.run(
        () ->
            log(persistenceId)
                .replay(
                    persistenceId,
                    fromSequenceNr,
                    toSequenceNr,
                    max,
                    event -> replayCallback.accept(deserialize(event))));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return workers.call(() -> log(persistenceId).highest(persistenceId));
  }

  private EventLog log(String persistenceId) {
    return stores.attachmentOf(persistenceId).log();
  }

  private Iterable<Optional<Exception>> write(Iterable<AtomicWrite> messages) {
    var verdicts = new ArrayList<Optional<Exception>>();
    var events = new ArrayList<Event>();
    for (var message : messages) {
      verdicts.add(serialize(message, events));
    }
    if (!events.isEmpty()) {
      var flight = PromisesWritten.start();
      var writer = events.getFirst().persistenceId();
      log(writer).append(writer, events);
      flight.stop(events.size());
    }
    return verdicts;
  }

  /** Adds the events of {@code message}, or none of them and returns why it is rejected. */
  private Optional<Exception> serialize(AtomicWrite message, List<Event> events) {
    var added = new ArrayList<Event>();
    for (var event : CollectionConverters.asJava(message.payload())) {
      Try<byte[]> content = serialization.serialize(event);
      if (content.isFailure()) {
        return Optional.of(new IllegalArgumentException(content.failed().get()));
      }
      added.add(new Event(event.persistenceId(), event.sequenceNr(), Bytes.owning(content.get())));
    }
    events.addAll(added);
    return Optional.empty();
  }

  private PersistentRepr deserialize(Event event) {
    var stored =
        serialization.deserialize(event.content().toByteArray(), PersistentRepr.class).get();
    if (stored.sequenceNr() != event.sequenceNr()
        || !stored.persistenceId().equals(event.persistenceId())) {
      throw new IllegalStateException("a foreign event is stored as " + event);
    }
    return stored;
  }
}
