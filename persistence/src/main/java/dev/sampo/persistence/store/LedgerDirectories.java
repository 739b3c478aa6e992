package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Residence residence;
  private final Path folder;

  /**
   * Those of the data directory of a node.
   *
   * @param first the ledger of the whole network
   * @param validator whose replicas they are
   */
  public LedgerDirectories(Path dataDirectory, LedgerId first, PublicKey validator) {
    this(dataDirectory, first, validator, Optional.empty());
  }

  /**
   * As above, with a mark: a file outside the data directory that tells whether the directory is
   * the newest (protocol W6).
   */
  public LedgerDirectories(
      Path dataDirectory, LedgerId first, PublicKey validator, Optional<Path> mark) {
    this.residence = Residence.of(dataDirectory, first, validator, mark);
    this.folder = residence.root().resolve(FOLDER);
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
          charters.put(LedgerId.fromHex(name), DurableFile.read(file, bytesMax));
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
    DurableFile.write(home.resolve(CHARTER), charter);
    DurableFile.sync(folder);
    DurableFile.sync(residence.root());
  }

  /** RE1: whoever lost its directory may have had this ledger too, and promised something there. */
  private void makeReplica(Path replica, LedgerId ledger) throws IOException {
    if (!RecoveryFile.isIn(residence.root())) {
      NodeDirectory.init(replica, ledger, residence.validator());
      return;
    }
    try {
      var loss = new Loss(Instant.now(), "the node's directory was lost before");
      NodeDirectory.recover(replica, ledger, residence.validator(), loss);
    } catch (RefusedStart inUse) {
      throw new IOException("a replica that nobody has made yet is in use", inUse);
    }
  }

  /**
   * Puts aside the replicas of all ledgers and makes them anew; see {@link NodeDirectory#recover}.
   * The mark, if there is one, is that of the new ones from then on.
   */
  public void recover(int bytesMax, Loss loss) throws IOException, RefusedStart {
    var faults = new ArrayList<StartFault>();
    try (var mark = residence.mark().holdToRestart(faults).orElse(null)) {
      if (mark == null) {
        throw new RefusedStart(faults);
      }
      var remade = new ArrayList<MarkText.Entry>();
      for (var place : places(bytesMax)) {
        var made =
            NodeDirectory.recover(place.directory(), place.ledger(), residence.validator(), loss);
        remade.add(MarkText.Entry.of(new NodeIdentity.Record(made, 0)));
      }
      mark.restart(remade);
    }
  }

  /** To hand this data directory over to another node of its validator (protocol V3). */
  public HandOverSource asSource() {
    return new HandOverSource(this, residence);
  }

  /** To take over a copy of a data directory that was handed over to this node (protocol V3). */
  public HandOverTarget asTarget() {
    return new HandOverTarget(this, residence);
  }

  /** Where the replicas are: that of the first ledger, and those of all that have a charter. */
  List<ReplicaPlace> places(int bytesMax) throws IOException {
    var places = new ArrayList<>(List.of(residence.first()));
    charters(bytesMax).keySet().forEach(ledger -> places.add(place(ledger)));
    return places;
  }

  @Override
  public NodeStore open(LedgerId ledger, StoreMemory memory, Consumer<Throwable> onFailure)
      throws RefusedStart {
    return NodeDirectory.open(place(ledger), memory, onFailure);
  }

  private ReplicaPlace place(LedgerId ledger) {
    return ledger.equals(residence.network())
        ? residence.first()
        : new ReplicaPlace(home(ledger).resolve(REPLICA), ledger, residence);
  }

  private Path home(LedgerId ledger) {
    return folder.resolve(ledger.hex());
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
}
