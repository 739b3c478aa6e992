package dev.sampo.client;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Follows one transaction, at another node whenever a stream breaks off, until it is decided. */
final class Watch {

  private final Calls calls;
  private final Answers answers;
  private final TransactionId id;
  private final Consumer<Outcome> listener;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private long deadlineNanos;
  private int failuresInARow;

  Watch(Calls calls, Answers answers, TransactionId id, Consumer<Outcome> listener) {
    this.calls = calls;
    this.answers = answers;
    this.id = id;
    this.listener = listener;
  }

  CompletableFuture<Outcome> follow(Duration atMost) {
    deadlineNanos = System.nanoTime() + atMost.toNanos();
    open();
    return outcome;
  }

  private void open() {
    var request =
        WatchTransactionRequest.newBuilder()
            .setTransactionId(SampoClient.byteString(id.hash()))
            .build();
    var remaining = Duration.ofNanos(deadlineNanos - System.nanoTime());
    calls
        .stream(SampoGrpc.getWatchTransactionMethod(), request, remaining, this::onStatus)
        .whenComplete((_, thrown) -> onStreamEnd(thrown == null));
  }

  private void onStatus(TransactionStatus status) {
    var heard = answers.outcome(id, status);
    failuresInARow = 0;
    listener.accept(heard);
    if (heard.isFinal()) {
      outcome.complete(heard);
    }
  }

  private void onStreamEnd(boolean regular) {
    if (outcome.isDone()) {
      return;
    }
    failuresInARow += regular ? 0 : 1;
    var pause = calls.pauseAfter(Math.max(failuresInARow, 1));
    if (deadlineNanos - System.nanoTime() > pause.toNanos()) {
      Calls.after(pause, this::open);
    } else {
      outcome.complete(new Outcome.Pending(id));
    }
  }
}
