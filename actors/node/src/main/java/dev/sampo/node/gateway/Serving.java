package dev.sampo.node.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs operations within their slots and bounds, and counts how they end. */
final class Serving {

  /** In the place of a ledger's name, for what is about none; it cannot be one. */
  static final String NO_LEDGER = "-";

  private final String ledger;
  private final ApiParts parts;

  /** {@code ledger}: the name of one that is hosted, or {@link #NO_LEDGER}. */
  Serving(String ledger, ApiParts parts) {
    this.ledger = ledger;
    this.parts = parts;
  }

  /** Fails with OVERLOADED if no slot is free, and otherwise with a {@link Refused} only. */
  <T> CompletionStage<T> within(String method, Slots free, Supplier<CompletionStage<T>> operation) {
    if (!free.tryTake()) {
      return CompletableFuture.failedFuture(served(method, overloaded(), System.nanoTime()));
    }
    return measured(method, operation).whenComplete((_, _) -> free.release());
  }

  /** As above, for a caller that holds a slot already. */
  <T> CompletionStage<T> measured(String method, Supplier<CompletionStage<T>> operation) {
    long start = System.nanoTime();
    return attempt(operation)
        .handle(
            (answer, thrown) -> {
              if (thrown == null) {
                served(method, start);
                return answer;
              }
              throw served(method, parts.errors().of(thrown), start);
            });
  }

  void served(String method, long start) {
    parts.metrics().served(ledger, method, Optional.empty(), start);
  }

  Refused served(String method, Refused refused, long start) {
    parts.metrics().served(ledger, method, Optional.of(refused), start);
    return refused;
  }

  Refused overloaded() {
    return parts.errors().refused("OVERLOADED", "too many requests are in hand; pause, then retry");
  }

  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  /** Continues on the gateway's executor, and does not wait for ever. */
  <T> CompletionStage<T> answered(CompletionStage<T> stage, Duration atMost) {
    return stage
        .thenApplyAsync(answer -> answer, parts.executor())
        .toCompletableFuture()
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
