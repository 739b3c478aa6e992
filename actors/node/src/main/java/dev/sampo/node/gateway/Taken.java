package dev.sampo.node.gateway;

import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A submission in hand, which holds its slot until {@code outcome} is complete.
 *
 * @param outcome completes on any thread of the node, which must not be kept; whoever holds this
 *     record sees to it that it completes soon after {@code latest}
 * @param latest how long it may take, an answer of the ledger included
 */
record Taken(TransactionId id, CompletableFuture<Submitted> outcome, Duration latest) {

  /** The ledger did not say in time what came of it; that is no failure. */
  void giveUp() {
    outcome.complete(unknown());
  }

  /** Gives up by itself after {@code remaining}, for a holder that has no more time of its own. */
  void giveUpAfter(Duration remaining) {
    var _ = outcome.completeOnTimeout(unknown(), remaining.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Submitted unknown() {
    return new Submitted.Seen(new TransactionView.Unknown(id));
  }
}
