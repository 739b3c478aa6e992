package dev.sampo.persistence.journal;

import dev.sampo.persistence.store.NodeStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The store that the persistent actors of one actor system write to; several systems of one process
 * each have their own. Attach it before the first of them starts.
 */
public final class NodeStoreExtension implements Extension {

  private static final Id ID = new Id();

  private final AtomicReference<@Nullable Attachment> attached = new AtomicReference<>();

  private NodeStoreExtension() {}

  /** A store, and the writer epoch that was current when it was attached: a later one fences it. */
  record Attachment(NodeStore store, long writerEpoch) {}

  public static NodeStoreExtension get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Gives the system its store, once and for all. */
  public void attach(NodeStore store) {
    if (!attached.compareAndSet(null, new Attachment(store, store.writerEpoch()))) {
      throw new IllegalStateException("a store is attached already");
    }
  }

  /** The attached store; fails if there is none. */
  public NodeStore store() {
    return attachment().store();
  }

  Attachment attachment() {
    return Optional.ofNullable(attached.get())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no store is attached to this actor system: call NodeStoreExtension.attach"
                        + " before persistent actors start"));
  }

  private static final class Id extends AbstractExtensionId<NodeStoreExtension> {
    @Override
    public NodeStoreExtension createExtension(ExtendedActorSystem system) {
      return new NodeStoreExtension();
    }
  }
}
