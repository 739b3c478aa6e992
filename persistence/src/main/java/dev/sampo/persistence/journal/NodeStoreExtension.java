package dev.sampo.persistence.journal;

import dev.sampo.core.types.LedgerId;
import dev.sampo.persistence.store.NodeStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The stores that the persistent actors of one actor system write to, one for each ledger; several
 * systems of one process each have their own. Attach a store before the first actor of its ledger
 * starts.
 */
public final class NodeStoreExtension implements Extension {

  /** Stands between what an actor is and which ledger it serves, as in Pekko's persistence ids. */
  private static final char SEPARATOR = '|';

  private static final Id ID = new Id();

  private final Map<String, Attachment> attached = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Attachment> first = new AtomicReference<>();

  private NodeStoreExtension() {}

  /**
   * A store, the writer epoch that was current when it was attached, for a later one fences it, and
   * the events in it.
   */
  record Attachment(NodeStore store, long writerEpoch, EventLog log) {}

  public static NodeStoreExtension get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Gives the system the store of a ledger, until it is detached. */
  public void attach(NodeStore store) {
    long epoch = store.writerEpoch();
    var attachment = new Attachment(store, epoch, new EventLog(store, epoch));
    if (attached.putIfAbsent(store.identity().ledger().hex(), attachment) != null) {
      throw new IllegalStateException(
          "the store of ledger " + store.identity().ledger() + " is attached already");
    }
    first.compareAndSet(null, attachment);
  }

  /**
   * Takes the store of a ledger from the system again, which may then be given another one. To be
   * called after the persistent actors of the ledger have ended; what they have left behind fails.
   */
  public void detach(LedgerId ledger) {
    var detached = attached.remove(ledger.hex());
    if (detached == null) {
      throw new IllegalStateException("no store of ledger " + ledger + " is attached");
    }
    first.compareAndSet(detached, null);
  }

  /** The attached store of a ledger; fails if there is none. */
  public NodeStore store(LedgerId ledger) {
    return attachment(ledger.hex()).store();
  }

  /**
   * That of the ledger at the end of a persistence id. An actor of no ledger is kept in the store
   * that was attached first.
   */
  Attachment attachmentOf(String persistenceId) {
    int separator = persistenceId.lastIndexOf(SEPARATOR);
    var ownStore = first.get();
    return separator < 0 && ownStore != null
        ? ownStore
        : attachment(persistenceId.substring(separator + 1));
  }

  private Attachment attachment(String ledger) {
    var attachment = attached.get(ledger);
    if (attachment == null) {
      throw new IllegalStateException(
          "no store of ledger '"
              + ledger
              + "' is attached to this actor system: call NodeStoreExtension.attach before its"
              + " persistent actors start");
    }
    return attachment;
  }

  private static final class Id extends AbstractExtensionId<NodeStoreExtension> {
    @Override
    public NodeStoreExtension createExtension(ExtendedActorSystem system) {
      return new NodeStoreExtension();
    }
  }
}
