package dev.sampo.node.routing;

import dev.sampo.node.gateway.LedgerSummary;
import dev.sampo.node.gateway.RemoteReplica;
import dev.sampo.node.gateway.Replicas;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What a {@link DirectoryActor} has heard, for the gateway of its node. Thread-safe. */
public final class KnownReplicas implements Replicas {

  /** Of ledgers that were heard of once; beyond that a name that is gone may be called unknown. */
  static final int REMEMBERED_MAX = 2 * 1024;

  private final AtomicReference<Directory> directory;
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();

  /** Of a node in this data centre. */
  public KnownReplicas(String dataCentre) {
    this.directory = new AtomicReference<>(Directory.of(dataCentre));
  }

  /** For the one actor that changes it. */
  void set(Directory now) {
    directory.set(now);
    now.hosted()
        .forEach(
            each -> {
              if (remembered.size() < REMEMBERED_MAX) {
                remembered.add(each.name());
                remembered.add(each.id());
              }
            });
  }

  Directory directory() {
    return directory.get();
  }

  @Override
  public List<RemoteReplica> of(String ledger) {
    return directory.get().replicasOf(ledger);
  }

  @Override
  public boolean isOwnInSync(String ledger) {
    return directory.get().isOwnInSync(ledger);
  }

  @Override
  public boolean isKnown(String ledger) {
    return ledger.isEmpty() ? !remembered.isEmpty() : remembered.contains(ledger);
  }

  @Override
  public List<LedgerSummary> ledgers() {
    return directory.get().ledgers();
  }
}
