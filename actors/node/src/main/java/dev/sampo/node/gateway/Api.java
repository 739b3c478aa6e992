package dev.sampo.node.gateway;

import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The operations of the API, the same for gRPC and HTTP: bounds, waits, and what a lack of answers
 * means. A stage fails with {@link Refused}, or with whatever {@link Errors} makes one of. Answers
 * are made on the gateway's own executor, whichever thread of the node completes them.
 */
final class Api {

  private final LedgerAccess ledger;
  private final GatewaySettings.Limits limits;
  private final Errors errors;
  private final Messages messages;
  private final Metrics metrics;
  private final Executor executor;
  private final Slots submissions;
  private final Slots reads;

  Api(
      LedgerAccess ledger,
      GatewaySettings.Limits limits,
      Errors errors,
      Metrics metrics,
      Executor executor) {
    this.ledger = ledger;
    this.limits = limits;
    this.errors = errors;
    this.messages = new Messages(errors.catalogue());
    this.metrics = metrics;
    this.executor = executor;
    this.submissions = metrics.gauged("submissions", new Slots(limits.submissions()));
    this.reads = metrics.gauged("reads", new Slots(limits.reads()));
  }

  /** {@code wait}: zero answers at once; otherwise answers when decided, or then as it is. */
  CompletionStage<TransactionStatus> submit(Bytes encoded, Duration wait) {
    return within(
        "SubmitTransaction",
        submissions,
        () -> {
          if (wait.compareTo(limits.longestWait()) > 0) {
            throw errors.malformed("a wait has at most " + limits.longestWait().toMillis() + " ms");
          }
          return submit(decoded(encoded), wait);
        });
  }

  private SignedTransaction decoded(Bytes encoded) {
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

  private CompletionStage<TransactionStatus> submit(SignedTransaction transaction, Duration wait) {
    var id = transaction.id();
    return answered(ledger.submit(transaction), limits.answer())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case SubmitOutcome.Accepted _ -> accepted(id, wait);
                  case SubmitOutcome.Rejected(var code, var message) ->
                      refusedOrKnown(id, wait, code, message);
                })
        .exceptionallyCompose(
            thrown ->
                Errors.unwrapped(thrown) instanceof TimeoutException
                    // Never a failure: the transaction may have been taken.
                    ? CompletableFuture.completedFuture(
                        Messages.status(id, Outcome.OUTCOME_UNKNOWN))
                    : CompletableFuture.failedFuture(thrown));
  }

  /** Sending the same bytes again gets the answer that the first time got. */
  private CompletionStage<TransactionStatus> refusedOrKnown(
      TransactionId id, Duration wait, String code, String message) {
    if (code.equals(RejectionCode.ALREADY_PENDING.name())) {
      return accepted(id, wait);
    }
    if (code.equals(RejectionCode.ALREADY_EXECUTED.name())) {
      return answered(ledger.transaction(id, false), limits.answer()).thenApply(messages::status);
    }
    return CompletableFuture.failedFuture(errors.refused(code, message));
  }

  private CompletionStage<TransactionStatus> accepted(TransactionId id, Duration wait) {
    return wait.isZero()
        ? CompletableFuture.completedFuture(Messages.status(id, Outcome.OUTCOME_ACCEPTED))
        : watch(id, wait).thenApply(messages::status);
  }

  /** The view when it is decided, or as it is after {@code atMost}; pending if nobody answers. */
  CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return answered(ledger.watch(id, atMost), atMost.plus(limits.answer()))
        .exceptionallyCompose(
            thrown ->
                Errors.unwrapped(thrown) instanceof TimeoutException
                    ? CompletableFuture.completedFuture(new TransactionView.Pending(id))
                    : CompletableFuture.failedFuture(thrown));
  }

  /** What is known now, known or not. */
  CompletionStage<TransactionView> view(TransactionId id) {
    return answered(ledger.transaction(id, false), limits.answer());
  }

  TransactionStatus status(TransactionView view) {
    return messages.status(view);
  }

  CompletionStage<TransactionStatus> transaction(TransactionId id, boolean prove) {
    return within(
        "GetTransaction",
        reads,
        () ->
            answered(ledger.transaction(id, prove), limits.answer())
                .thenApply(
                    view -> {
                      if (view instanceof TransactionView.Unknown) {
                        throw errors.refused("TRANSACTION_NOT_FOUND", "transaction " + id.hex());
                      }
                      return messages.status(view);
                    }));
  }

  CompletionStage<Account> account(AccountQuery query, Height atLeast) {
    return within(
        "GetAccount",
        reads,
        () ->
            answered(ledger.account(query), limits.answer())
                .thenApply(view -> Messages.account(checked(view, query, atLeast))));
  }

  private AccountView checked(AccountView view, AccountQuery query, Height atLeast) {
    if (query.withProof() && view.proofs().isEmpty()) {
      throw errors.refused("PROOF_NOT_READY", "no state is certified yet");
    }
    if (view.height().compareTo(atLeast) < 0) {
      throw errors.refused(
          "BEHIND", "asked for " + atLeast.number() + ", can answer at " + view.height().number());
    }
    if (view.key().isEmpty() && !query.withProof()) {
      throw errors.refused("ACCOUNT_NOT_FOUND", "account " + query.id());
    }
    return view;
  }

  CompletionStage<Block> block(BlockQuery query) {
    return within(
        "GetBlock",
        reads,
        () ->
            answered(ledger.block(query), limits.answer())
                .thenApply(
                    view ->
                        Messages.block(
                            view.orElseThrow(
                                () -> errors.refused("BLOCK_NOT_FOUND", query.toString())))));
  }

  CompletionStage<Status> status() {
    return within(
        "GetStatus",
        reads,
        () -> answered(ledger.status(), limits.answer()).thenApply(Messages::status));
  }

  CompletionStage<GenesisDocument> genesis() {
    return within(
        "GetGenesis",
        reads,
        () -> answered(ledger.genesis(), limits.answer()).thenApply(Messages::genesis));
  }

  /** A node that does not even answer is not ready. */
  CompletionStage<Readiness> ready() {
    return answered(ledger.ready(), limits.answer())
        .exceptionally(thrown -> new Readiness(List.of(errors.of(thrown).detail())));
  }

  private <T> CompletionStage<T> within(
      String method, Slots slots, Supplier<CompletionStage<T>> operation) {
    long start = System.nanoTime();
    if (!slots.tryTake()) {
      var refused =
          errors.refused("OVERLOADED", "too many requests are in hand; pause, then retry");
      metrics.served(method, Optional.of(refused), start);
      return CompletableFuture.failedFuture(refused);
    }
    return attempt(operation)
        .handle(
            (answer, thrown) -> {
              slots.release();
              if (thrown == null) {
                metrics.served(method, Optional.empty(), start);
                return answer;
              }
              var refused = errors.of(thrown);
              metrics.served(method, Optional.of(refused), start);
              throw refused;
            });
  }

  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  /** Continues on the gateway's executor, and does not wait for ever. */
  private <T> CompletionStage<T> answered(CompletionStage<T> stage, Duration atMost) {
    return stage
        .thenApplyAsync(answer -> answer, executor)
        .toCompletableFuture()
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
