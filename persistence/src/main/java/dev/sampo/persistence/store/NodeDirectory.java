package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/**
 * The data directory of one validator on one ledger: made once by {@link #init}, and opened by
 * every start thereafter, never silently made anew (protocol RE1).
 */
public final class NodeDirectory {

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
      lock.ifPresent(DirectoryLock::release);
    }
  }

  /** INIT goes first: without it nobody starts on what remains. */
  private static void putAside(Path directory, Path aside) throws IOException {
    Files.createDirectories(aside);
    var init = directory.resolve(InitFile.NAME);
    if (Files.exists(init)) {
      Files.move(init, aside.resolve(InitFile.NAME), StandardCopyOption.ATOMIC_MOVE);
      DurableFile.sync(directory);
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
    DurableFile.sync(aside);
    DurableFile.sync(directory);
  }

  private static NodeIdentity make(Path path, LedgerId ledger, PublicKey validator)
      throws IOException {
    var database = path.resolve(ReplicaPlace.DATABASE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(database, ownerOnly);
    var token = new byte[NodeIdentity.TOKEN_LENGTH];
    new SecureRandom().nextBytes(token);
    var identity = new NodeIdentity(ledger, validator, Bytes.owning(token));
    try (var memory = new StoreMemory();
        var rocks = RocksInstance.create(database, memory)) {
      rocks.put(new NodeIdentity.Record(identity, 0));
    } catch (RocksDBException failed) {
      throw new IOException("cannot create a database in " + database, failed);
    }
    InitFile.write(path, identity);
    var parent = path.getParent();
    if (parent != null) {
      DurableFile.sync(parent);
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
    var residence = Residence.of(directory, ledger, validator, Optional.empty());
    return open(residence.first(), memory, onFailure);
  }

  /** As above, of any replica. */
  static NodeStore open(ReplicaPlace place, StoreMemory memory, Consumer<Throwable> onFailure)
      throws RefusedStart {
    var faults = new ArrayList<StartFault>();
    var replica = SoundReplica.examine(place, faults);
    var mark = place.residence().enter(faults);
    try {
      if (!faults.isEmpty()) {
        throw new RefusedStart(faults);
      }
      return replica.orElseThrow().open(mark.orElseThrow(), memory, new FailStop(onFailure));
    } catch (IOException | RocksDBException | Malformed damage) {
      replica.ifPresent(SoundReplica::close);
      throw new RefusedStart(List.of(new StartFault.Damaged(String.valueOf(damage.getMessage()))));
    } catch (RefusedStart refused) {
      replica.ifPresent(SoundReplica::close);
      throw refused;
    } finally {
      mark.ifPresent(Mark.Hold::close);
    }
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
}
