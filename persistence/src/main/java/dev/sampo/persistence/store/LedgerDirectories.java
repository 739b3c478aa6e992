package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The replicas of a node on its own disk: that of the network's first ledger, which is the data
 * directory itself and made by {@link NodeDirectory#init}, and those of the ledgers that the node
 * was given while it ran: for each a folder named by the 64 hexadecimal digits of its id, which
 * holds its charter and a {@link NodeDirectory}. The charter is written last, and a replica starts
 * only after it: a folder without one has never promised anything.
 */
public final class LedgerDirectories implements ReplicaStores {

  static final String FOLDER = "ledgers";
  private static final String CHARTER = "charter";
  private static final String REPLICA = "replica";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final Path dataDirectory;
  private final Path folder;
  private final LedgerId first;
  private final PublicKey validator;

  /**
   * Those of the data directory of a node.
   *
   * @param first the ledger of the whole network
   * @param validator whose replicas they are
   */
  public LedgerDirectories(Path dataDirectory, LedgerId first, PublicKey validator) {
    this.dataDirectory = dataDirectory;
    this.folder = dataDirectory.toAbsolutePath().resolve(FOLDER);
    this.first = first;
    this.validator = validator;
  }

  @Override
  public Map<LedgerId, Bytes> charters(int bytesMax) throws IOException {
    var charters = new TreeMap<LedgerId, Bytes>();
    if (!Files.isDirectory(folder)) {
      return charters;
    }
    try (var entries = Files.list(folder)) {
      for (var entry : entries.sorted().toList()) {
        var name = String.valueOf(entry.getFileName());
        var file = entry.resolve(CHARTER);
        if (NAME.matcher(name).matches() && Files.exists(file)) {
          charters.put(LedgerId.fromHex(name), read(file, bytesMax));
        }
      }
    }
    return charters;
  }

  @Override
  public void create(LedgerId ledger, Bytes charter) throws IOException {
    var home = home(ledger);
    if (Files.exists(home.resolve(CHARTER))) {
      throw new IOException("ledger " + ledger + " has a charter already");
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(home, ownerOnly);
    deleteUnused(home.resolve(REPLICA));
    makeReplica(home.resolve(REPLICA), ledger);
    write(home, charter);
    NodeDirectory.sync(folder);
    NodeDirectory.sync(folder.resolveSibling(""));
  }

  /** RE1: whoever lost its directory may have had this ledger too, and promised something there. */
  private void makeReplica(Path replica, LedgerId ledger) throws IOException {
    if (!RecoveryFile.isIn(folder.resolveSibling(""))) {
      NodeDirectory.init(replica, ledger, validator);
      return;
    }
    try {
      var loss = new Loss(Instant.now(), "the node's directory was lost before");
      NodeDirectory.recover(replica, ledger, validator, loss);
    } catch (RefusedStart inUse) {
      throw new IOException("a replica that nobody has made yet is in use", inUse);
    }
  }

  /**
   * Puts aside the replicas of all ledgers that have a charter here; see {@link
   * NodeDirectory#recover}.
   */
  public void recover(int bytesMax, Loss loss) throws IOException, RefusedStart {
    for (var ledger : charters(bytesMax).keySet()) {
      NodeDirectory.recover(home(ledger).resolve(REPLICA), ledger, validator, loss);
    }
  }

  @Override
  public NodeStore open(LedgerId ledger, StoreMemory memory, Consumer<Throwable> onFailure)
      throws RefusedStart {
    var directory = ledger.equals(first) ? dataDirectory : home(ledger).resolve(REPLICA);
    return NodeDirectory.open(directory, ledger, validator, memory, onFailure);
  }

  private Path home(LedgerId ledger) {
    return folder.resolve(ledger.hex());
  }

  private static Bytes read(Path file, int bytesMax) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var content = in.readNBytes(bytesMax + 1);
      if (content.length > bytesMax) {
        throw new IOException(file + " is longer than any charter");
      }
      return Bytes.owning(content);
    }
  }

  /** What an interrupted {@link #create} left behind. */
  private static void deleteUnused(Path replica) throws IOException {
    if (Files.exists(replica)) {
      try (var files = Files.walk(replica)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path home, Bytes charter) throws IOException {
    var unfinished = home.resolve(CHARTER + ".new");
    Files.deleteIfExists(unfinished);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(unfinished, options, ownerOnly)) {
      var bytes = ByteBuffer.wrap(charter.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, home.resolve(CHARTER), StandardCopyOption.ATOMIC_MOVE);
    NodeDirectory.sync(home);
  }
}
