package dev.sampo.node.ledger;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.persistence.journal.PromiseJournal;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import dev.sampo.persistence.store.StoreMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The ledgers of a node and their stores: the network's first one, and those that the node was
 * given since by their charters. To be closed after the actors that use them. Thread-safe; its
 * methods wait for the disk.
 */
public final class OpenLedgers implements AutoCloseable {

  /** A node hosts no more: each needs threads' time and memory of its own. */
  public static final int LEDGERS_MAX = 64;

  /** A ledger, and the store of this node's replica. */
  public record OpenLedger(LedgerSettings settings, NodeStore store) {

    LedgerParts.Storage storage() {
      var ledger = settings.genesis().ledgerId();
      return new LedgerParts.Storage(
          store.ledger(),
          recovered -> PromiseJournal.create(ledger, recovered),
          store::syncCount,
          store.isAfterLoss());
    }
  }

  /** What came of a charter. */
  public sealed interface Addition {

    /** It is durable: from now on this node hosts the ledger. */
    record Added(OpenLedger ledger) implements Addition {}

    /** This node had the ledger before, under this name. */
    record Known(OpenLedger ledger) implements Addition {}

    /** Nothing has changed; {@code code} is one of the error catalogue. */
    record Refused(String code, String detail) implements Addition {}
  }

  private final List<OpenLedger> ledgers = new ArrayList<>();
  private final StoreMemory memory = new StoreMemory();
  private final int ledgersMax;
  private final CharterRules rules;
  private final LedgerDirectories directories;
  private final Consumer<Throwable> onFailure;
  private boolean isClosed;

  private OpenLedgers(
      int ledgersMax,
      LedgerSettings first,
      LedgerDirectories directories,
      Consumer<Throwable> onFailure) {
    this.ledgersMax = ledgersMax;
    this.rules = new CharterRules(first);
    this.directories = directories;
    this.onFailure = onFailure;
  }

  /**
   * Opens all that the data directory of a node holds.
   *
   * @param first the ledger of the whole network
   * @param onFailure as in {@link NodeDirectory#open}, for each of the stores
   * @throws RefusedStart with everything that speaks against the start; then nothing stays open
   */
  public static OpenLedgers open(
      LedgerSettings first, Path dataDirectory, Consumer<Throwable> onFailure) throws RefusedStart {
    return open(LEDGERS_MAX, first, dataDirectory, onFailure);
  }

  static OpenLedgers open(
      int ledgersMax, LedgerSettings first, Path dataDirectory, Consumer<Throwable> onFailure)
      throws RefusedStart {
    var directories = new LedgerDirectories(dataDirectory, first.signer().publicKey());
    var ledgers = new OpenLedgers(ledgersMax, first, directories, onFailure);
    var faults = new ArrayList<StartFault>();
    ledgers.openFirst(first, dataDirectory, faults);
    ledgers.openGiven(faults);
    if (!faults.isEmpty()) {
      ledgers.close();
      throw new RefusedStart(faults);
    }
    return ledgers;
  }

  private void openFirst(LedgerSettings first, Path dataDirectory, List<StartFault> faults) {
    try {
      var ledger = first.genesis().ledgerId();
      var validator = first.signer().publicKey();
      var store = NodeDirectory.open(dataDirectory, ledger, validator, memory, onFailure);
      ledgers.add(new OpenLedger(first, store));
    } catch (RefusedStart refused) {
      faults.addAll(refused.faults());
    }
  }

  private void openGiven(List<StartFault> faults) {
    try {
      directories
          .charters(LedgerCharter.ENCODED_BYTES_MAX)
          .forEach((ledger, charter) -> openGiven(ledger, charter, faults));
    } catch (IOException unreadable) {
      faults.add(new StartFault.Damaged("charters cannot be read: " + unreadable.getMessage()));
    }
  }

  private void openGiven(LedgerId ledger, Bytes encoded, List<StartFault> faults) {
    try {
      var charter = LedgerCharter.decode(encoded);
      if (!charter.genesis().ledgerId().equals(ledger)) {
        faults.add(
            new StartFault.Damaged("the charter of ledger " + ledger.hex() + " is another's"));
        return;
      }
      var refusal = rules.refusalOf(charter);
      refusal.ifPresent(why -> faults.add(new StartFault.UnfitCharter(ledger, why.detail())));
      if (refusal.isEmpty()) {
        add(charter);
      }
    } catch (Malformed | IllegalArgumentException damage) {
      faults.add(
          new StartFault.Damaged(
              "the charter of ledger " + ledger.hex() + ": " + damage.getMessage()));
    } catch (RefusedStart refused) {
      faults.addAll(refused.faults());
    }
  }

  private OpenLedger add(LedgerCharter charter) throws RefusedStart {
    var settings = rules.settingsOf(charter);
    var store = directories.open(settings.genesis().ledgerId(), memory, onFailure);
    var opened = new OpenLedger(settings, store);
    ledgers.add(opened);
    return opened;
  }

  /** In the order in which they were opened; the network's first one leads. */
  public synchronized List<OpenLedger> all() {
    return List.copyOf(ledgers);
  }

  /**
   * Makes the replica of a ledger to which its validators have consented.
   *
   * @throws IOException if it could not be made; it may be tried again
   */
  public synchronized Addition add(LedgerCharter charter, Bytes encoded) throws IOException {
    var id = charter.genesis().ledgerId();
    var known = find(settings -> settings.genesis().ledgerId().equals(id));
    if (known.isPresent()) {
      return isNamed(known.get().settings(), charter.name())
          ? new Addition.Known(known.get())
          : new Addition.Refused(
              "LEDGER_NAME_TAKEN",
              "this node calls the ledger " + known.get().settings().name() + " already");
    }
    if (find(settings -> isNamed(settings, charter.name())).isPresent()) {
      return new Addition.Refused(
          "LEDGER_NAME_TAKEN", "another ledger is called " + charter.name());
    }
    if (ledgers.size() >= ledgersMax) {
      return new Addition.Refused("TOO_MANY_LEDGERS", "this node hosts " + ledgersMax);
    }
    var refusal = rules.refusalOf(charter);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (isClosed) {
      throw new IOException("the node is stopping");
    }
    directories.create(id, encoded);
    try {
      return new Addition.Added(add(charter));
    } catch (RefusedStart refused) {
      throw new IOException("a replica that was just made cannot be opened", refused);
    }
  }

  private static boolean isNamed(LedgerSettings settings, LedgerName name) {
    return settings.name().equals(name);
  }

  private Optional<OpenLedger> find(Predicate<LedgerSettings> wanted) {
    return ledgers.stream().filter(each -> wanted.test(each.settings())).findFirst();
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      ledgers.forEach(each -> each.store().close());
      ledgers.clear();
      memory.close();
    }
  }
}
