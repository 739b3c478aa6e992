package dev.sampo.node.gateway;

import dev.sampo.node.gateway.RemoteReplica.Address;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What a node is told of the replicas of others, whichever ledger it is asked about. */
final class ToldReplicas implements Replicas {

  final List<RemoteReplica> others = new CopyOnWriteArrayList<>();
  final AtomicBoolean ownInSync = new AtomicBoolean(true);
  final AtomicBoolean known = new AtomicBoolean(true);
  final LedgerSummary ledger;

  ToldReplicas(LedgerSummary ledger) {
    this.ledger = ledger;
  }

  void add(String node, int port) {
    add(node, port, true);
  }

  void add(String node, int port, boolean inSync) {
    others.add(new RemoteReplica(node, "a", new Address("127.0.0.1", port), inSync, true));
  }

  @Override
  public List<RemoteReplica> of(String which) {
    return List.copyOf(others);
  }

  @Override
  public boolean isOwnInSync(String which) {
    return ownInSync.get();
  }

  @Override
  public boolean isKnown(String which) {
    return known.get();
  }

  @Override
  public List<LedgerSummary> ledgers() {
    return Stream.of(ledger).filter(_ -> !others.isEmpty()).toList();
  }
}
