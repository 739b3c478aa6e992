package dev.sampo.simulation.testkit;

import dev.sampo.client.Outcome;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.util.concurrent.CompletableFuture;

/** A transaction that was handed over, and what its sender hears of it. */
public record Submitted(SignedTransaction transaction, CompletableFuture<Outcome> outcome) {

  public TransactionId id() {
    return transaction.id();
  }
}
