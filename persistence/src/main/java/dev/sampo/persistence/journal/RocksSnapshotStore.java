package dev.sampo.persistence.journal;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.persistence.store.Change;
import dev.sampo.persistence.store.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.serialization.Snapshot;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;

/**
 * The snapshot store of Pekko Persistence on the stores of the node's ledgers; what it acknowledges
 * is on disk.
 */
public final class RocksSnapshotStore extends SnapshotStore {

  private static final int FORMAT = 1;

  private record Stored(SnapshotMetadata metadata, Bytes content) {}

  private final NodeStoreExtension stores;
  private final Serialization serialization;
  private final StorageWorkers workers;

  /** Made by Pekko, by the name of the class in the configuration. */
  public RocksSnapshotStore() {
    stores = NodeStoreExtension.get(context().system());
    serialization = SerializationExtension.get(context().system());
    workers = StorageWorkers.of(context().system());
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return workers.call(() -> newest(persistenceId, criteria).map(this::deserialize));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return workers.run(() -> save(metadata, snapshot));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long number = metadata.sequenceNr();
    long time = metadata.timestamp();
    // A time of zero stands for a time that the caller does not know.
    var criteria =
        SnapshotSelectionCriteria.create(number, time == 0 ? Long.MAX_VALUE : time, number, time);
    return workers.run(() -> delete(metadata.persistenceId(), criteria));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return workers.run(() -> delete(persistenceId, criteria));
  }

  private void save(SnapshotMetadata metadata, Object snapshot) {
    if (metadata.metadata().isDefined()) {
      throw new IllegalArgumentException("snapshots with metadata of their own are not supported");
    }
    var content = Bytes.owning(serialization.serialize(new Snapshot(snapshot)).get());
    var attachment = stores.attachmentOf(metadata.persistenceId());
    long writerEpoch = attachment.writerEpoch();
    var value =
        WireWriter.encode(
            out -> out.u8(FORMAT).u64(writerEpoch).u64(metadata.timestamp()).bytes(content));
    var key = RecordKey.numbered(metadata.persistenceId(), metadata.sequenceNr());
    attachment.store().write(writerEpoch, List.of(new Change.Put(Family.SNAPSHOT, key, value)));
  }

  private void delete(String persistenceId, SnapshotSelectionCriteria criteria) {
    var changes = new ArrayList<Change>();
    var next = newest(persistenceId, criteria);
    while (next.isPresent()) {
      long number = next.get().metadata().sequenceNr();
      changes.add(new Change.Delete(Family.SNAPSHOT, RecordKey.numbered(persistenceId, number)));
      next = number == 0 ? Optional.empty() : newest(persistenceId, below(number, criteria));
    }
    if (!changes.isEmpty()) {
      var attachment = stores.attachmentOf(persistenceId);
      attachment.store().write(attachment.writerEpoch(), changes);
    }
  }

  private Optional<Stored> newest(String persistenceId, SnapshotSelectionCriteria criteria) {
    var store = stores.attachmentOf(persistenceId).store();
    long number = criteria.maxSequenceNr();
    while (number >= criteria.minSequenceNr()) {
      var first = RecordKey.numbered(persistenceId, 0);
      var found =
          store
              .floor(Family.SNAPSHOT, RecordKey.numbered(persistenceId, number))
              .filter(entry -> entry.key().compareTo(first) >= 0)
              .map(entry -> decode(persistenceId, entry));
      if (found.isEmpty() || criteria.matches(found.get().metadata())) {
        return found;
      }
      number = found.get().metadata().sequenceNr() - 1;
    }
    return Optional.empty();
  }

  private SelectedSnapshot deserialize(Stored stored) {
    var content = stored.content().toByteArray();
    var snapshot = serialization.deserialize(content, Snapshot.class).get();
    return SelectedSnapshot.create(stored.metadata(), snapshot.data());
  }

  private static Stored decode(String persistenceId, Entry entry) {
    long number = RecordKey.sequenceNrIn(entry.key());
    try {
      return WireReader.decode(
          entry.value(),
          in -> {
            int format = in.u8();
            if (format != FORMAT) {
              throw new Malformed("unknown format " + format);
            }
            in.u64();
            var metadata = new SnapshotMetadata(persistenceId, number, in.u64());
            return new Stored(metadata, in.bytes(Integer.MAX_VALUE));
          });
    } catch (Malformed damage) {
      throw new IllegalStateException(
          "the snapshot %d of %s is damaged".formatted(number, persistenceId), damage);
    }
  }

  private static SnapshotSelectionCriteria below(long number, SnapshotSelectionCriteria criteria) {
    return SnapshotSelectionCriteria.create(
        number - 1, criteria.maxTimestamp(), criteria.minSequenceNr(), criteria.minTimestamp());
  }
}
