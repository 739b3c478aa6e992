package dev.sampo.node.gateway;

import dev.sampo.node.gateway.RemoteReplica.Address;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseFuture;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection to another node. Thread-safe. */
final class NodeLink {

  /** The connection ended before the answer began: the node may have acted on the request. */
  static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Lost(Address address) {
      super("the connection to " + address + " was lost", null, false, false);
    }
  }

  private final Address address;
  private final int requestsMax;
  private final BoundedSourceQueue<HttpRequest> queue;
  private final CompletableFuture<NodeLink> connected = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<HttpResponse>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger inHand = new AtomicInteger();
  private volatile boolean isOver;

  /** {@code requestsMax}: how many may be in hand, which the node has to allow. */
  NodeLink(
      Address address,
      int requestsMax,
      Flow<HttpRequest, HttpResponse, CompletionStage<OutgoingConnection>> connection,
      Materializer materializer) {
    this.address = address;
    this.requestsMax = requestsMax;
    var run =
        Source.<HttpRequest>queue(requestsMax)
            .viaMat(connection, Keep.both())
            .toMat(Sink.foreach(answer -> answered(answer, materializer)), Keep.both())
            .run(materializer);
    this.queue = run.first().first();
    var _ =
        run.first()
            .second()
            .whenComplete((_, failure) -> onConnected(failure == null ? null : failure.toString()));
    var _ = run.second().whenComplete((_, _) -> onEnd());
  }

  private void onConnected(@Nullable String failure) {
    if (failure == null) {
      connected.complete(this);
    } else {
      isOver = true;
      connected.completeExceptionally(new ConnectException(address + ": " + failure));
    }
  }

  /** Fails with a {@link ConnectException} if the node cannot be reached; nothing was sent then. */
  CompletableFuture<NodeLink> connected() {
    return connected;
  }

  boolean isOver() {
    return isOver;
  }

  /** Takes room for a request, which whoever made it gives back when its answer has ended. */
  boolean tryTake() {
    if (inHand.incrementAndGet() > requestsMax) {
      inHand.decrementAndGet();
      return false;
    }
    return true;
  }

  void release() {
    inHand.decrementAndGet();
  }

  /** For which room was taken. Completes when the answer begins; fails with {@link Lost}. */
  CompletableFuture<HttpResponse> send(HttpRequest request) {
    var answer = new CompletableFuture<HttpResponse>();
    long number = sent.getAndIncrement();
    waiting.put(number, answer);
    var _ = answer.whenComplete((_, _) -> waiting.remove(number));
    var offered =
        queue.offer(request.addAttribute(ResponseFuture.KEY(), ResponseFuture.apply(answer)));
    if (!offered.isEnqueued() || isOver) {
      answer.completeExceptionally(new Lost(address));
    }
    return answer;
  }

  /** An answer that nobody waits for any more is not read. */
  private static void answered(HttpResponse answer, Materializer materializer) {
    var awaited = answer.getAttribute(ResponseFuture.KEY()).orElseThrow().future();
    if (!awaited.complete(answer)) {
      answer.discardEntityBytes(materializer);
    }
  }

  private void onEnd() {
    isOver = true;
    waiting.values().forEach(answer -> answer.completeExceptionally(new Lost(address)));
  }
}
