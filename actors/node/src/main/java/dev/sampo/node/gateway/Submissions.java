package dev.sampo.node.gateway;

import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of a transaction that a client hands over. A stage fails with {@link Refused}, or
 * with whatever {@link Errors} makes one of, and never with a lack of answers.
 */
final class Submissions {

  /** How it is made sure that a question to the ledger does not wait for ever. */
  interface Patience {

    /** What a question is answered with; a stage that fails with a timeout is given up. */
    <T> CompletionStage<T> of(CompletionStage<T> answer, Duration atMost);
  }

  private final LedgerAccess ledger;
  private final GatewaySettings.Limits limits;
  private final Errors errors;

  Submissions(LedgerAccess ledger, GatewaySettings.Limits limits, Errors errors) {
    this.ledger = ledger;
    this.limits = limits;
    this.errors = errors;
  }

  /** Throws {@link Refused}. */
  SignedTransaction read(Bytes encoded, Duration wait) {
    if (wait.compareTo(limits.longestWait()) > 0) {
      throw errors.malformed("a wait has at most " + limits.longestWait().toMillis() + " ms");
    }
    if (encoded.isEmpty()) {
      throw errors.malformed("there is no signed transaction in the request");
    }
    if (encoded.length() > SignedTransaction.ENCODED_BYTES_MAX) {
      throw errors.refused(
          RejectionCode.TOO_LARGE.name(),
          encoded.length() + " bytes, at most " + SignedTransaction.ENCODED_BYTES_MAX);
    }
    try {
      return SignedTransaction.decode(encoded);
    } catch (Malformed malformed) {
      throw errors.refused(
          RejectionCode.MALFORMED_TRANSACTION.name(), String.valueOf(malformed.getMessage()));
    }
  }

  CompletionStage<Submitted> submit(
      SignedTransaction transaction, Duration wait, Patience patience) {
    var id = transaction.id();
    return patience
        .of(ledger.submit(transaction), limits.answer())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case SubmitOutcome.Accepted _ -> accepted(id, wait, patience);
                  case SubmitOutcome.Rejected rejected ->
                      refusedOrKnown(id, wait, rejected, patience);
                })
        // Never a failure: the transaction may have been taken.
        .exceptionallyCompose(
            thrown -> unanswered(thrown, new Submitted.Seen(new TransactionView.Unknown(id))));
  }

  /** Sending the same bytes again gets the answer that the first time got. */
  private CompletionStage<Submitted> refusedOrKnown(
      TransactionId id, Duration wait, SubmitOutcome.Rejected rejected, Patience patience) {
    if (rejected.code().equals(RejectionCode.ALREADY_PENDING.name())) {
      return accepted(id, wait, patience);
    }
    if (rejected.code().equals(RejectionCode.ALREADY_EXECUTED.name())) {
      return patience
          .of(ledger.transaction(id, false), limits.answer())
          .thenApply(Submitted.Seen::new);
    }
    return CompletableFuture.failedFuture(errors.refused(rejected.code(), rejected.message()));
  }

  private CompletionStage<Submitted> accepted(TransactionId id, Duration wait, Patience patience) {
    return wait.isZero()
        ? CompletableFuture.completedFuture(new Submitted.Accepted(id))
        : watch(id, wait, patience).thenApply(Submitted.Seen::new);
  }

  /** The view when it is decided, or as it is after {@code atMost}; pending if nobody answers. */
  CompletionStage<TransactionView> watch(TransactionId id, Duration atMost, Patience patience) {
    return patience
        .of(ledger.watch(id, atMost), atMost.plus(limits.answer()))
        .exceptionallyCompose(thrown -> unanswered(thrown, new TransactionView.Pending(id)));
  }

  private static <T> CompletionStage<T> unanswered(Throwable thrown, T instead) {
    return switch (Errors.unwrapped(thrown)) {
      case TimeoutException _, ReplicaEnded _ -> CompletableFuture.completedFuture(instead);
      case Throwable _ -> CompletableFuture.failedFuture(thrown);
    };
  }
}
