package dev.sampo.node.gateway;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.RemoteReplica.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.Materializer;

/** Asks replicas of other nodes of the trust domain as readers do. Thread-safe. */
public final class FollowClient {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private final Materializer materializer;
  private final NodeLinks links;

  /** {@code tls}: with the key of the cluster. */
  public FollowClient(ActorSystem<?> system, SSLContext tls) {
    this.materializer = Materializer.matFromSystem(system);
    this.links = new NodeLinks(system, materializer, tls);
  }

  /**
   * The messages of the answer, whose signatures nobody has checked; nothing if it is malformed or
   * too long. Fails if the node cannot be reached, refuses, or does not answer in time.
   */
  public CompletionStage<Optional<List<PeerMessage>>> ask(
      Address address, LedgerId ledger, FollowQuery query) {
    var link = links.take(address);
    if (link.isEmpty()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("too many requests to " + address));
    }
    var request = HttpRequest.GET("https://" + address + new FollowPath(ledger, query).text());
    return link.get()
        .connected()
        .thenCompose(open -> open.send(request))
        .thenCompose(answer -> body(answer, ledger))
        .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> link.get().release());
  }

  private CompletionStage<Optional<List<PeerMessage>>> body(HttpResponse answer, LedgerId ledger) {
    if (answer.status().isFailure()) {
      answer.discardEntityBytes(materializer);
      return CompletableFuture.failedFuture(
          new IllegalStateException("refused with status " + answer.status().intValue()));
    }
    var entity = (ResponseEntity) answer.entity().withSizeLimit(FollowBody.BYTES_MAX);
    return entity
        .toStrict(ANSWER_MAX.toMillis(), materializer)
        .thenApply(strict -> FollowBody.decode(ledger, strict.getData().toArray()))
        .exceptionallyCompose(
            thrown ->
                Errors.unwrapped(thrown)
                        instanceof org.apache.pekko.http.scaladsl.model.EntityStreamSizeException
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(thrown));
  }
}
