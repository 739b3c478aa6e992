package dev.sampo.testkit;

import dev.sampo.client.Outcome;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.util.concurrent.CompletableFuture;

/** A transaction that was handed over, and what its sender hears of it. */
public record Submitted(SignedTransaction transaction, CompletableFuture<Outcome> outcome) {

  public TransactionId id() {
    return transaction.id();
  }

  /** What became of it by now; a submission that failed is a fault of the test, with its cause. */
  Outcome outcomeNow() {
    return switch (outcome.state()) {
      case RUNNING -> new Outcome.Pending(id());
      case SUCCESS -> outcome.resultNow();
      case FAILED ->
          throw new IllegalStateException(
              "submitting transaction " + id().hex() + " failed", outcome.exceptionNow());
      case CANCELLED ->
          throw new IllegalStateException("submitting transaction " + id().hex() + " was given up");
    };
  }
}
