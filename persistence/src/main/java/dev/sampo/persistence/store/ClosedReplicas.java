package dev.sampo.persistence.store;

import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** All replicas of a data directory, none of which anybody can open until this is closed. */
final class ClosedReplicas implements Closeable {

  private final List<SoundReplica> replicas;
  private final List<ReplicaTail> tails = new ArrayList<>();

  private ClosedReplicas(List<SoundReplica> replicas) {
    this.replicas = replicas;
  }

  /**
   * Takes the locks of all, and reads what each ends with.
   *
   * @throws RefusedStart with every fault of any of them
   */
  static ClosedReplicas take(LedgerDirectories directories) throws IOException, RefusedStart {
    var places = directories.places(LedgerCharter.ENCODED_BYTES_MAX);
    var faults = new ArrayList<StartFault>();
    var sound = new ArrayList<SoundReplica>();
    places.forEach(place -> SoundReplica.examine(place, faults).ifPresent(sound::add));
    var all = new ClosedReplicas(sound);
    if (faults.isEmpty()) {
      all.readTails(faults);
    }
    if (!faults.isEmpty()) {
      all.close();
      throw new RefusedStart(faults);
    }
    return all;
  }

  private void readTails(List<StartFault> faults) {
    try (var memory = new StoreMemory()) {
      for (var replica : replicas) {
        tails.add(replica.tail(memory));
      }
    } catch (IOException | RocksDBException | Malformed | StoreFailed damage) {
      faults.add(new StartFault.Damaged(String.valueOf(damage.getMessage())));
    }
  }

  /** What all of them end with: equal for a true copy of the directory, and for no older one. */
  Hash tail() {
    var each =
        tails.stream()
            .map(
                tail ->
                    WireWriter.encode(
                        out ->
                            out.fixed(tail.record().identity().ledger().value())
                                .hash(tail.digest())));
    return SigningDomain.identifier(Purpose.DIRECTORY_TAIL, each.toArray(Bytes[]::new));
  }

  List<MarkText.Entry> entries() {
    return tails.stream().map(tail -> MarkText.Entry.of(tail.record())).toList();
  }

  @Override
  public void close() {
    replicas.forEach(SoundReplica::close);
  }
}
