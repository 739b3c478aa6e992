package dev.sampo.node.reader;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.FollowClient;
import dev.sampo.node.gateway.FollowQuery;
import dev.sampo.node.gateway.RemoteReplica;
import dev.sampo.node.gateway.Replicas;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Those that the directory of the cluster knows, asked over the port for forwarded requests. */
public final class ClusterReplicas implements FollowedReplicas {

  private final Replicas known;
  private final FollowClient client;

  public ClusterReplicas(Replicas known, FollowClient client) {
    this.known = known;
    this.client = client;
  }

  /** Readers do not follow each other: what they have comes from a validator in the end. */
  @Override
  public List<String> of(LedgerId ledger) {
    return known.of(ledger.hex()).stream()
        .filter(RemoteReplica::takesSubmissions)
        .map(RemoteReplica::node)
        .distinct()
        .toList();
  }

  /** Its address is looked up each time, as it may have changed. */
  @Override
  public CompletionStage<Optional<List<PeerMessage>>> ask(
      String source, LedgerId ledger, FollowQuery query) {
    return known.of(ledger.hex()).stream()
        .filter(each -> each.node().equals(source))
        .findFirst()
        .map(replica -> client.ask(replica.address(), ledger, query))
        .orElseGet(() -> CompletableFuture.failedFuture(new ConnectException(source + " is gone")));
  }
}
