package dev.sampo.persistence.store;

import dev.sampo.core.wire.Malformed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** A replica that nothing was found to be wrong with so far, and that nobody else works on. */
record SoundReplica(
    ReplicaPlace place, NodeIdentity identity, DirectoryLock lock, WALRecoveryMode mode)
    implements Closeable {

  /** Looks at a replica without changing it; empty with every reason in {@code faults}. */
  static Optional<SoundReplica> examine(ReplicaPlace place, List<StartFault> faults) {
    int before = faults.size();
    var path = place.directory();
    if (!Files.isDirectory(path)) {
      faults.add(new StartFault.NotADirectory(path));
      return Optional.empty();
    }
    if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
      faults.add(new StartFault.NotAccessible(path));
      return Optional.empty();
    }
    var identity = InitFile.check(path, place.ledger(), place.residence().validator(), faults);
    if (faults.stream().anyMatch(StartFault.NotInitialised.class::isInstance)) {
      return Optional.empty();
    }
    var lock = DirectoryLock.tryAcquire(path, faults);
    var mode = lock.flatMap(held -> LogInspection.recoveryMode(place.database(), faults));
    if (faults.size() > before) {
      lock.ifPresent(DirectoryLock::release);
      return Optional.empty();
    }
    return Optional.of(
        new SoundReplica(place, identity.orElseThrow(), lock.orElseThrow(), mode.orElseThrow()));
  }

  /**
   * Makes its caller the one writer: its epoch goes up durably, and then the mark with it.
   *
   * @throws RefusedStart if the mark says that it has been opened more often
   */
  NodeStore open(Mark.Hold mark, StoreMemory memory, FailStop failStop)
      throws IOException, RocksDBException, Malformed, RefusedStart {
    var rocks = instance(memory, failStop);
    try {
      var previous = checked(rocks.identityRecord());
      mark.requireNewest(List.of(MarkText.Entry.of(previous)));
      var mine = previous.next();
      rocks.put(mine);
      place.residence().raise(mark, mine);
      boolean isAfterLoss = RecoveryFile.isIn(place.directory());
      return new NodeStore(new RocksRecords(rocks), mine, failStop, lock, isAfterLoss);
    } catch (IOException | RocksDBException | Malformed | RuntimeException | RefusedStart damage) {
      rocks.close();
      throw damage;
    }
  }

  /** What it ends with; it stays closed. */
  ReplicaTail tail(StoreMemory memory) throws IOException, RocksDBException, Malformed {
    var failStop = new FailStop(failure -> {});
    try (var rocks = instance(memory, failStop)) {
      checked(rocks.identityRecord());
      var tail = ReplicaTail.of(rocks);
      failStop.requireSound();
      return tail;
    }
  }

  private RocksInstance instance(StoreMemory memory, FailStop failStop)
      throws IOException, RocksDBException {
    var rocks = RocksInstance.open(place.database(), memory, mode, failStop::trip);
    try {
      // A log that recovery has removed must not come back after a loss of power.
      DurableFile.sync(place.database());
      return rocks;
    } catch (IOException failed) {
      rocks.close();
      throw failed;
    }
  }

  private NodeIdentity.Record checked(NodeIdentity.Record found) throws Malformed {
    if (!found.identity().equals(identity)) {
      throw new Malformed("the database is that of another data directory");
    }
    return found;
  }

  /** Lets others work on it. */
  @Override
  public void close() {
    lock.release();
  }
}
