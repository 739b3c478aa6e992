package dev.sampo.node.ledger;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.persistence.journal.PromiseJournal;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.ReplicaStores;
import dev.sampo.persistence.store.StartFault;
import dev.sampo.persistence.store.StoreMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The ledgers of a validator and the stores of those that this node hosts: the network's first one,
 * and those that the validator was given since by their charters. To be closed after the actors
 * that use them. Thread-safe; its methods wait for the disk.
 */
public final class OpenLedgers implements AutoCloseable {

  /** A node hosts no more: each needs threads' time and memory of its own. */
  public static final int LEDGERS_MAX = 64;

  /**
   * A ledger, and the store of this node's copy of the replica.
   *
   * @param fence takes the failures of the store and of the roles
   */
  public record OpenLedger(LedgerSettings settings, NodeStore store, WriterFence fence) {

    LedgerParts.Storage storage() {
      var ledger = settings.genesis().ledgerId();
      return new LedgerParts.Storage(
          store.ledger(),
          recovered -> PromiseJournal.create(ledger, recovered),
          store::syncCount,
          store::cachedBytes,
          store.writerEpoch(),
          store.isAfterLoss());
    }
  }

  /** What came of a charter. */
  public sealed interface Addition {

    /** It is durable: from now on this validator has the ledger. */
    record Added(LedgerSettings ledger) implements Addition {}

    /** This validator had the ledger before, under this name. */
    record Known(LedgerSettings ledger) implements Addition {}

    /** Nothing has changed; {@code code} is one of the error catalogue. */
    record Refused(String code, String detail) implements Addition {}
  }

  /** In the order in which they became known; the network's first one leads. */
  private final LinkedHashMap<LedgerId, LedgerSettings> known = new LinkedHashMap<>();

  private final LinkedHashMap<LedgerId, OpenLedger> open = new LinkedHashMap<>();
  private final StoreMemory memory = new StoreMemory();
  private final int ledgersMax;
  private final CharterRules rules;
  private final ReplicaStores stores;
  private final FailStop failStop;
  private boolean isClosed;

  private OpenLedgers(
      int ledgersMax, LedgerSettings first, ReplicaStores stores, FailStop failStop) {
    this.ledgersMax = ledgersMax;
    this.rules = new CharterRules(first);
    this.stores = stores;
    this.failStop = failStop;
    known.put(first.genesis().ledgerId(), first);
  }

  /**
   * Takes over all replicas of a validator, for a node that has no others beside it.
   *
   * @param first the ledger of the whole network
   * @param failStop told of the first failure of a store, and of those of the roles
   * @throws RefusedStart with everything that speaks against the start; then nothing stays open
   */
  public static OpenLedgers open(LedgerSettings first, ReplicaStores stores, FailStop failStop)
      throws RefusedStart {
    return open(LEDGERS_MAX, first, stores, failStop);
  }

  static OpenLedgers open(
      int ledgersMax, LedgerSettings first, ReplicaStores stores, FailStop failStop)
      throws RefusedStart {
    var ledgers = new OpenLedgers(ledgersMax, first, stores, failStop);
    var faults = new ArrayList<StartFault>();
    ledgers.learn(faults);
    for (var ledger : List.copyOf(ledgers.known.keySet())) {
      try {
        ledgers.takeOver(ledger);
      } catch (RefusedStart refused) {
        faults.addAll(refused.faults());
      }
    }
    ledgers.requireNone(faults);
    return ledgers;
  }

  /**
   * The ledgers of a validator of several nodes, none of which is taken over yet. Arguments as in
   * {@link #open}.
   */
  public static OpenLedgers shared(LedgerSettings first, ReplicaStores stores, FailStop failStop)
      throws RefusedStart {
    var ledgers = new OpenLedgers(LEDGERS_MAX, first, stores, failStop);
    var faults = new ArrayList<StartFault>();
    ledgers.learn(faults);
    ledgers.requireNone(faults);
    return ledgers;
  }

  private void requireNone(List<StartFault> faults) throws RefusedStart {
    if (!faults.isEmpty()) {
      close();
      throw new RefusedStart(faults);
    }
  }

  /** Reads the charters that are not known yet. */
  private synchronized void learn(List<StartFault> faults) {
    try {
      stores
          .charters(LedgerCharter.ENCODED_BYTES_MAX)
          .forEach((ledger, charter) -> learn(ledger, charter, faults));
    } catch (IOException unreadable) {
      faults.add(new StartFault.Damaged("charters cannot be read: " + unreadable.getMessage()));
    }
  }

  private void learn(LedgerId ledger, Bytes encoded, List<StartFault> faults) {
    if (known.containsKey(ledger)) {
      return;
    }
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
        known.put(ledger, rules.settingsOf(charter));
      }
    } catch (Malformed | IllegalArgumentException damage) {
      faults.add(
          new StartFault.Damaged(
              "the charter of ledger " + ledger.hex() + ": " + damage.getMessage()));
    }
  }

  /**
   * All ledgers of the validator, those included that its other nodes were given meanwhile.
   *
   * @throws RefusedStart if a charter cannot be read or is none for this validator
   */
  public List<LedgerSettings> known() throws RefusedStart {
    var faults = new ArrayList<StartFault>();
    learn(faults);
    if (!faults.isEmpty()) {
      throw new RefusedStart(faults);
    }
    synchronized (this) {
      return List.copyOf(known.values());
    }
  }

  /**
   * Makes this node the one that writes the replica of a ledger (protocol V1). Several are taken
   * over at the same time, but none twice.
   *
   * @throws RefusedStart with what speaks against it; it may be tried again
   */
  OpenLedger takeOver(LedgerId ledger) throws RefusedStart {
    var settings = settingsOf(ledger);
    var fence = new WriterFence(failStop);
    var store =
        stores.open(
            ledger, memory, failure -> fence.stop("the store of a replica failed", failure));
    var opened = new OpenLedger(settings, store, fence);
    boolean isLate = keep(opened);
    if (isLate) {
      store.close();
      throw new IllegalStateException("the node is stopping");
    }
    return opened;
  }

  private synchronized LedgerSettings settingsOf(LedgerId ledger) {
    var settings = known.get(ledger);
    if (settings == null || open.containsKey(ledger)) {
      throw new IllegalStateException("ledger " + ledger + " is unknown, or open already");
    }
    return settings;
  }

  private synchronized boolean keep(OpenLedger opened) {
    if (!isClosed) {
      open.put(opened.settings().genesis().ledgerId(), opened);
    }
    return isClosed;
  }

  /** Closes the store of a ledger whose roles have ended; it may be taken over again. */
  void close(LedgerId ledger) {
    OpenLedger closed;
    synchronized (this) {
      closed = open.remove(ledger);
    }
    if (closed != null) {
      closed.store().close();
    }
  }

  /** The stores that are open, in the order in which they were opened. */
  public List<NodeStore> stores() {
    return all().stream().map(OpenLedger::store).toList();
  }

  /** Those that are open, in the order in which they were opened. */
  synchronized List<OpenLedger> all() {
    return List.copyOf(open.values());
  }

  /**
   * Makes the replica of a ledger to which its validators have consented; it is not taken over yet.
   *
   * @throws IOException if it could not be made; it may be tried again
   */
  public synchronized Addition add(LedgerCharter charter, Bytes encoded) throws IOException {
    var id = charter.genesis().ledgerId();
    var same = Optional.ofNullable(known.get(id));
    if (same.isPresent()) {
      return isNamed(same.get(), charter.name())
          ? new Addition.Known(same.get())
          : new Addition.Refused(
              "LEDGER_NAME_TAKEN", "this node calls the ledger " + same.get().name() + " already");
    }
    if (known.values().stream().anyMatch(settings -> isNamed(settings, charter.name()))) {
      return new Addition.Refused(
          "LEDGER_NAME_TAKEN", "another ledger is called " + charter.name());
    }
    if (known.size() >= ledgersMax) {
      return new Addition.Refused("TOO_MANY_LEDGERS", "this node hosts " + ledgersMax);
    }
    var refusal = rules.refusalOf(charter);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (isClosed) {
      throw new IOException("the node is stopping");
    }
    stores.create(id, encoded);
    var settings = rules.settingsOf(charter);
    known.put(id, settings);
    return new Addition.Added(settings);
  }

  private static boolean isNamed(LedgerSettings settings, LedgerName name) {
    return settings.name().equals(name);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      open.values().forEach(each -> each.store().close());
      open.clear();
      memory.close();
    }
  }
}
