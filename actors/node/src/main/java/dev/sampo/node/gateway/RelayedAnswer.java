package dev.sampo.node.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.HttpEntity;
import org.apache.pekko.http.scaladsl.model.HttpEntity.ChunkStreamPart;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** An answer of another node on its way to the client, passed on as it comes. */
final class RelayedAnswer {

  /** A client that is gone never asks for the body of its answer. */
  private static final long READ_WITHIN_SECONDS = 10;

  private static final Duration CHECK = Duration.ofSeconds(1);

  private final boolean isGrpc;
  private final BooleanSupplier isStale;
  private final Refusals refusals;
  private final Materializer materializer;

  /** A stream ends as soon as {@code isStale}, so that its client opens another one. */
  RelayedAnswer(
      boolean isGrpc, BooleanSupplier isStale, Refusals refusals, Materializer materializer) {
    this.isGrpc = isGrpc;
    this.isStale = isStale;
    this.refusals = refusals;
    this.materializer = materializer;
  }

  /** {@code onEnd} runs once nothing more of the answer comes; it may run more than once. */
  HttpResponse of(HttpResponse answer, Runnable onEnd) {
    var head = ForwardedHead.of(answer);
    if (answer.entity().isStrict()) {
      onEnd.run();
      return head;
    }
    var begun = new AtomicBoolean();
    endUnread(answer, begun, onEnd);
    return watched(head, begun, onEnd);
  }

  private void endUnread(HttpResponse answer, AtomicBoolean begun, Runnable onEnd) {
    CompletableFuture.delayedExecutor(READ_WITHIN_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              if (begun.compareAndSet(false, true)) {
                answer.discardEntityBytes(materializer);
                onEnd.run();
              }
            });
  }

  private HttpResponse watched(HttpResponse answer, AtomicBoolean begun, Runnable onEnd) {
    if (answer.entity() instanceof HttpEntity.Chunked chunked) {
      Source<ChunkStreamPart, Object> parts =
          chunked
              .chunks()
              .asJava()
              .watchTermination((value, ended) -> begin(value, ended, begun, onEnd))
              .merge(checks(), true);
      var whole = isGrpc ? parts.recover(Throwable.class, this::lost) : parts;
      return answer.withEntity(new HttpEntity.Chunked(chunked.contentType(), whole.asScala()));
    }
    return answer.transformEntityDataBytes(
        Flow.of(ByteString.class)
            .watchTermination((value, ended) -> begin(value, ended, begun, onEnd)));
  }

  /** Nothing, until it fails. */
  private Source<ChunkStreamPart, Cancellable> checks() {
    return Source.tick(CHECK, CHECK, Done.getInstance())
        .mapConcat(
            _ -> {
              if (isStale.getAsBoolean()) {
                throw new TimeoutException("the node is not in sync any more");
              }
              return List.of();
            });
  }

  private static <T> T begin(
      T value, CompletionStage<Done> ended, AtomicBoolean begun, Runnable onEnd) {
    begun.set(true);
    var _ = ended.whenComplete((_, _) -> onEnd.run());
    return value;
  }

  /** The end of a call whose node was lost before it told how the call ends. */
  private ChunkStreamPart lost() {
    var refused =
        refusals.refused("NO_ANSWER", "the node that answered was lost or is not in sync any more");
    return (ChunkStreamPart) ChunkStreamPart.createLast("", GrpcApi.trailersOf(refused));
  }
}
