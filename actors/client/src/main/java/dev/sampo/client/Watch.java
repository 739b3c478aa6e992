package dev.sampo.client;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Follows one transaction, at another node whenever a stream breaks off, until it is decided. */
final class Watch {

  private final Calls calls;
  private final Answers answers;
  private final TransactionId id;
  private final Consumer<Outcome> listener;
  private Optional<Outcome> decided = Optional.empty();
  private long deadlineNanos;
  private int failuresInARow;
  private int absencesInARow;

  Watch(Calls calls, Answers answers, TransactionId id, Consumer<Outcome> listener) {
    this.calls = calls;
    this.answers = answers;
    this.id = id;
    this.listener = listener;
  }

  CompletableFuture<Outcome> follow(Duration atMost) {
    deadlineNanos = System.nanoTime() + atMost.toNanos();
    return open();
  }

  private CompletableFuture<Outcome> open() {
    var request =
        WatchTransactionRequest.newBuilder()
            .setTransactionId(SampoClient.byteString(id.hash()))
            .build();
    var remaining = Duration.ofNanos(deadlineNanos - System.nanoTime());
    return calls.stream(SampoGrpc.getWatchTransactionMethod(), request, remaining, this::onStatus)
        .handle((_, thrown) -> Optional.ofNullable(thrown).map(SampoException::in))
        .thenCompose(this::onStreamEnd);
  }

  private void onStatus(TransactionStatus status) {
    var heard = answers.outcome(id, status);
    failuresInARow = 0;
    listener.accept(heard);
    if (heard.isFinal()) {
      decided = Optional.of(heard);
    }
  }

  private CompletableFuture<Outcome> onStreamEnd(Optional<SampoException> failure) {
    if (decided.isPresent()) {
      return CompletableFuture.completedFuture(decided.get());
    }
    failuresInARow += failure.isPresent() ? 1 : 0;
    absencesInARow = failure.filter(Failure::isOfLedger).map(_ -> absencesInARow + 1).orElse(0);
    if (absencesInARow >= calls.nodes()) {
      return CompletableFuture.failedFuture(failure.orElseThrow());
    }
    var pause = calls.pauseAfter(Math.max(failuresInARow, 1));
    return deadlineNanos - System.nanoTime() > pause.toNanos()
        ? Calls.after(pause).thenCompose(_ -> open())
        : CompletableFuture.completedFuture(new Outcome.Pending(id));
  }
}
