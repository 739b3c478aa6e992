package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.TransactionStatus;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls at one node after another until one answers, the time is over, or trying again is of
 * no use. Every call of the API may be repeated: a transaction is known by its bytes. Thread-safe.
 */
final class Calls implements AutoCloseable {

  /** Of a call that ended well with nothing in it. */
  private static final Status NO_MESSAGE =
      Status.INTERNAL.withDescription("the node ended the call without an answer");

  /** An attempt that leaves no answer within this time is tried at another node. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);

  private final EndpointPool endpoints;
  private final Backoff backoff;
  private final ErrorCatalogue catalogue;

  Calls(EndpointPool endpoints, Backoff backoff, ErrorCatalogue catalogue) {
    this.endpoints = endpoints;
    this.backoff = backoff;
    this.catalogue = catalogue;
  }

  /** How many there are to ask. */
  int nodes() {
    return endpoints.size();
  }

  /** Which node answered last. */
  Optional<String> answeredBy() {
    return endpoints.answering().last();
  }

  ErrorCatalogue catalogue() {
    return catalogue;
  }

  /** Fails with a {@link SampoException} only. */
  <Q, R> CompletableFuture<R> unary(MethodDescriptor<Q, R> method, Q request, Duration within) {
    return attempted(
        (endpoint, deadline) -> unary(endpoint, method, request, deadline), within, ATTEMPT_MAX);
  }

  /** What a node says of a transaction that it was given. */
  record Handed(TransactionStatus status, Endpoint by) {}

  /** As a call, over a stream; the node is asked to {@code wait} for the transaction's commit. */
  CompletableFuture<Handed> submission(ByteString signed, Duration within, Duration wait) {
    return attempted(handing(signed, wait), within, ATTEMPT_MAX.plus(wait));
  }

  /** As above, and to {@code node} first, which has it already. */
  CompletableFuture<Handed> submission(
      ByteString signed, Duration within, Duration wait, Endpoint node) {
    var attempts = attempts(handing(signed, wait), within, ATTEMPT_MAX.plus(wait));
    attempts.at(node);
    return attempts.answer;
  }

  private Attempt<Handed> handing(ByteString signed, Duration wait) {
    return (endpoint, deadline) -> {
      var throttle = endpoint.throttle();
      if (throttle.holdsBack(System.nanoTime(), ThreadLocalRandom.current())) {
        return CompletableFuture.failedFuture(new HeldBack());
      }
      return endpoint
          .submissions()
          .submit(signed, wait, deadline)
          .whenComplete((_, thrown) -> count(throttle, thrown))
          .thenApply(status -> new Handed(status, endpoint));
    };
  }

  private void count(OverloadThrottle throttle, @Nullable Throwable thrown) {
    if (thrown != null && Failure.of(thrown, catalogue).isOfOverload()) {
      throttle.refused(System.nanoTime());
    } else {
      throttle.taken(System.nanoTime());
    }
  }

  private <R> CompletableFuture<R> attempted(
      Attempt<R> attempt, Duration within, Duration attemptMax) {
    var attempts = attempts(attempt, within, attemptMax);
    attempts.next();
    return attempts.answer;
  }

  private <R> Attempts<R> attempts(Attempt<R> attempt, Duration within, Duration attemptMax) {
    return new Attempts<>(attempt, System.nanoTime() + within.toNanos(), attemptMax.toNanos());
  }

  private static <Q, R> CompletableFuture<R> unary(
      Endpoint endpoint, MethodDescriptor<Q, R> method, Q request, long deadlineNanos) {
    var answer = new CompletableFuture<R>();
    ClientCalls.asyncUnaryCall(
        endpoint.channel().newCall(method, options(deadlineNanos - System.nanoTime())),
        request,
        new StreamObserver<R>() {
          @Override
          public void onNext(R response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable thrown) {
            answer.completeExceptionally(thrown);
          }

          @Override
          public void onCompleted() {
            // The one answer came by onNext, unless the node or somebody on the way left it out.
            answer.completeExceptionally(NO_MESSAGE.asRuntimeException());
          }
        });
    return answer;
  }

  /** Opens a stream at one node; the result completes when the stream does. */
  <Q, R> CompletableFuture<Void> stream(
      MethodDescriptor<Q, R> method, Q request, Duration within, Consumer<R> listener) {
    var endpoint = endpoints.next();
    var done = new CompletableFuture<Void>();
    var call = endpoint.channel().newCall(method, options(within.toNanos()));
    ClientCalls.asyncServerStreamingCall(
        call,
        request,
        new StreamObserver<R>() {
          @Override
          public void onNext(R element) {
            endpoint.succeeded();
            listener.accept(element);
          }

          @Override
          public void onError(Throwable thrown) {
            var failure = Failure.of(thrown, catalogue);
            if (failure.ofEndpoint()) {
              endpoint.failed(System.nanoTime());
            }
            done.completeExceptionally(exception(failure, failure.maybeDelivered(), thrown));
          }

          @Override
          public void onCompleted() {
            done.complete(null);
          }
        });
    return done;
  }

  /** How long to wait after {@code failures} in a row: not at all before every node was tried. */
  Duration pauseAfter(int failures) {
    int rounds = failures - endpoints.size() + 1;
    return rounds <= 0 ? Duration.ZERO : backoffAfter(rounds);
  }

  private Duration backoffAfter(int failures) {
    return backoff.delayAfter(failures, ThreadLocalRandom.current());
  }

  /** Completes after {@code pause}. */
  static CompletableFuture<Void> after(Duration pause) {
    return CompletableFuture.runAsync(() -> {}, delayed(pause));
  }

  private static Executor delayed(Duration pause) {
    return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CallOptions options(long nanos) {
    return CallOptions.DEFAULT.withDeadlineAfter(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
  }

  private static SampoException exception(
      Failure failure, boolean maybeDelivered, Throwable thrown) {
    return new SampoException(failure.error(), failure.detail(), maybeDelivered, thrown);
  }

  @Override
  public void close() {
    endpoints.close();
  }

  /** One try at one node; fails with what {@link Failure} understands. */
  @FunctionalInterface
  private interface Attempt<R> {
    CompletableFuture<R> at(Endpoint endpoint, long deadlineNanos);
  }

  /** The attempts of one call, which follow one another. */
  private final class Attempts<R> {

    private final Attempt<R> attempt;
    private final long deadlineNanos;
    private final long attemptMaxNanos;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private int failures;
    private int absences;
    private int overloads;
    private boolean maybeDelivered;

    Attempts(Attempt<R> attempt, long deadlineNanos, long attemptMaxNanos) {
      this.attempt = attempt;
      this.deadlineNanos = deadlineNanos;
      this.attemptMaxNanos = attemptMaxNanos;
    }

    void next() {
      at(endpoints.next());
    }

    void at(Endpoint endpoint) {
      long now = System.nanoTime();
      long until = now + Math.min(deadlineNanos - now, attemptMaxNanos);
      var _ =
          attempt
              .at(endpoint, until)
              .whenComplete(
                  (response, thrown) -> {
                    if (thrown == null) {
                      endpoint.succeeded();
                      answer.complete(response);
                    } else {
                      onFailure(endpoint, thrown);
                    }
                  });
    }

    private void onFailure(Endpoint endpoint, Throwable thrown) {
      var failure = Failure.of(thrown, catalogue);
      if (failure.ofEndpoint()) {
        endpoint.failed(System.nanoTime());
      } else {
        endpoint.succeeded();
      }
      failures++;
      absences += failure.isOfLedger() ? 1 : 0;
      overloads += failure.isOfOverload() ? 1 : 0;
      maybeDelivered |= failure.maybeDelivered();
      var pause = failure.isOfOverload() ? backoffAfter(overloads) : pauseAfter(failures);
      boolean last =
          !failure.isRetryable()
              || absences >= endpoints.size()
              || overloads >= backoff.attemptsMax()
              || failures >= backoff.attemptsMax() + endpoints.size() - 1
              || deadlineNanos - System.nanoTime() <= pause.toNanos();
      if (last) {
        answer.completeExceptionally(exception(failure, maybeDelivered, thrown));
      } else {
        delayed(pause).execute(this::next);
      }
    }
  }
}
