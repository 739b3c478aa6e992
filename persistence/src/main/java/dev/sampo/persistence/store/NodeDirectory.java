package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * The data directory of one validator on one ledger: made once by {@link #init}, and opened by
 * every start thereafter, never silently made anew (protocol RE1).
 */
public final class NodeDirectory {

  private static final String DATABASE = "db";
  private static final String ASIDE = "lost-";

  private NodeDirectory() {}

  /**
   * Makes a directory for a validator that has never spoken. When this returns the directory is
   * complete and durable; one that init did not finish has no INIT and is refused.
   *
   * @throws FileAlreadyExistsException if {@code directory} exists and is not empty
   */
  public static NodeIdentity init(Path directory, LedgerId ledger, PublicKey validator)
      throws IOException {
    var path = directory.toAbsolutePath();
    refuseContent(path);
    return make(path, ledger, validator);
  }

  /**
   * Makes a directory for a validator whose former one is lost, damaged or not to be trusted (RE1,
   * V4). What is there is put aside in a folder of its own. The validator takes part again once
   * others have said what it may have promised. If this is interrupted, no start is possible, and
   * it has to be done again.
   *
   * @throws RefusedStart if a process works on the directory
   */
  public static NodeIdentity recover(
      Path directory, LedgerId ledger, PublicKey validator, Loss loss)
      throws IOException, RefusedStart {
    var path = directory.toAbsolutePath();
    Files.createDirectories(path);
    var faults = new ArrayList<StartFault>();
    var lock = DirectoryLock.tryAcquire(path, faults);
    if (!faults.isEmpty()) {
      throw new RefusedStart(faults);
    }
    try {
      putAside(path, path.resolve(ASIDE + loss.at().toEpochMilli()));
      RecoveryFile.write(path, loss);
      return make(path, ledger, validator);
    } finally {
      release(lock);
    }
  }

  /** INIT goes first: without it nobody starts on what remains. */
  private static void putAside(Path directory, Path aside) throws IOException {
    Files.createDirectories(aside);
    var init = directory.resolve(InitFile.NAME);
    if (Files.exists(init)) {
      Files.move(init, aside.resolve(InitFile.NAME), StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
    }
    try (var entries = Files.list(directory)) {
      for (var entry : entries.toList()) {
        var name = String.valueOf(entry.getFileName());
        boolean stays =
            name.equals(DirectoryLock.NAME)
                || name.startsWith(ASIDE)
                || name.equals(LedgerDirectories.FOLDER);
        if (!stays) {
          Files.move(entry, aside.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    sync(aside);
    sync(directory);
  }

  private static NodeIdentity make(Path path, LedgerId ledger, PublicKey validator)
      throws IOException {
    var database = path.resolve(DATABASE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(database, ownerOnly);
    var token = new byte[NodeIdentity.TOKEN_LENGTH];
    new SecureRandom().nextBytes(token);
    var identity = new NodeIdentity(ledger, validator, Bytes.owning(token));
    try (var memory = new StoreMemory();
        var rocks = RocksInstance.create(database, memory)) {
      putRecord(rocks, new NodeIdentity.Record(identity, 0));
    } catch (RocksDBException failed) {
      throw new IOException("cannot create a database in " + database, failed);
    }
    InitFile.write(path, identity);
    var parent = path.getParent();
    if (parent != null) {
      sync(parent);
    }
    return identity;
  }

  /**
   * Opens the store and makes its caller the one writer: the writer epoch goes up durably.
   *
   * @param memory shared with the other stores of the process, and closed after them
   * @param onFailure called once, at the first failed write, sync or read, by the thread that met
   *     it; has to stop the process, and must neither block nor close the store
   * @throws RefusedStart with every fault that can be found without changing anything
   */
  public static NodeStore open(
      Path directory,
      LedgerId ledger,
      PublicKey validator,
      StoreMemory memory,
      Consumer<Throwable> onFailure)
      throws RefusedStart {
    var path = directory.toAbsolutePath();
    if (!Files.isDirectory(path)) {
      throw new RefusedStart(List.of(new StartFault.NotADirectory(path)));
    }
    if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
      throw new RefusedStart(List.of(new StartFault.NotAccessible(path)));
    }
    var faults = new ArrayList<StartFault>();
    var identity = InitFile.check(path, ledger, validator, faults);
    if (faults.stream().anyMatch(StartFault.NotInitialised.class::isInstance)) {
      throw new RefusedStart(faults);
    }
    var lock = DirectoryLock.tryAcquire(path, faults);
    var mode = lock.flatMap(held -> LogInspection.recoveryMode(path.resolve(DATABASE), faults));
    if (!faults.isEmpty()) {
      release(lock);
      throw new RefusedStart(faults);
    }
    try {
      var opening = new Opening(path.resolve(DATABASE), identity.orElseThrow(), mode.orElseThrow());
      return opening.open(memory, new FailStop(onFailure), lock.orElseThrow());
    } catch (IOException | RocksDBException | Malformed damage) {
      release(lock);
      throw new RefusedStart(List.of(new StartFault.Damaged(String.valueOf(damage.getMessage()))));
    }
  }

  /** A database that nothing was found to be wrong with so far. */
  private record Opening(Path database, NodeIdentity identity, WALRecoveryMode mode) {

    NodeStore open(StoreMemory memory, FailStop failStop, DirectoryLock lock)
        throws IOException, RocksDBException, Malformed {
      var rocks = RocksInstance.open(database, memory, mode, failStop::trip);
      try {
        // A log that recovery has removed must not come back after a loss of power.
        sync(database);
        var mine = new NodeIdentity.Record(identity, Math.addExact(previousEpoch(rocks), 1));
        putRecord(rocks, mine);
        boolean isAfterLoss = RecoveryFile.isIn(database.resolveSibling(""));
        return new NodeStore(new RocksRecords(rocks), mine, failStop, lock, isAfterLoss);
      } catch (IOException | RocksDBException | Malformed | RuntimeException damage) {
        rocks.close();
        throw damage;
      }
    }

    private long previousEpoch(RocksInstance rocks) throws RocksDBException, Malformed {
      var key = NodeIdentity.Record.KEY.toByteArray();
      var stored = rocks.database().get(rocks.handle(Family.IDENTITY), key);
      if (stored == null) {
        throw new Malformed("the database has no identity");
      }
      var record = NodeIdentity.Record.decode(Bytes.owning(stored));
      if (!record.identity().equals(identity)) {
        throw new Malformed("the database is that of another data directory");
      }
      return record.writerEpoch();
    }
  }

  private static void putRecord(RocksInstance rocks, NodeIdentity.Record record)
      throws RocksDBException {
    var key = NodeIdentity.Record.KEY.toByteArray();
    var value = record.encode().toByteArray();
    rocks.database().put(rocks.handle(Family.IDENTITY), rocks.synced(), key, value);
  }

  private static void refuseContent(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new FileAlreadyExistsException(directory + " exists and is not a directory");
    }
    try (var entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new FileAlreadyExistsException(directory + " exists and is not empty");
      }
    }
  }

  private static void release(Optional<DirectoryLock> lock) {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot release the lock of a data directory", failed);
    }
  }

  /** Makes the entries of a directory durable. */
  static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
