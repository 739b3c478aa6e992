package dev.sampo.node.gateway;

import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the API, the same for gRPC and HTTP: bounds, waits, and what a lack of answers
 * means. A stage fails with {@link Refused}, or with whatever {@link Errors} makes one of. Answers
 * are made on the gateway's own executor, whichever thread of the node completes them.
 */
final class Api {

  private static final String SUBMIT_MANY = "SubmitTransactions";

  private final LedgerAccess ledger;
  private final GatewaySettings.Limits limits;
  private final Errors errors;
  private final Messages messages;
  private final Metrics metrics;
  private final Executor executor;
  private final Submissions submissions;
  private final Slots slots;
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
    this.submissions = new Submissions(ledger, limits, errors);
    this.slots = metrics.gauged("submissions", new Slots(limits.submissions()));
    this.reads = metrics.gauged("reads", new Slots(limits.reads()));
  }

  /** {@code wait}: zero answers at once; otherwise answers when decided, or then as it is. */
  CompletionStage<TransactionStatus> submit(Bytes encoded, Duration wait) {
    return within(
        "SubmitTransaction",
        slots,
        () ->
            submissions
                .submit(submissions.read(encoded, wait), wait, this::answered)
                .thenApply(this::status));
  }

  /**
   * As {@link #submit}, for callers that wait for many: they give up themselves what takes too
   * long, and make the status on a thread of their own. Throws {@link Refused}.
   */
  Taken take(Bytes encoded, Duration wait) {
    long start = System.nanoTime();
    if (!slots.tryTake()) {
      throw served(SUBMIT_MANY, overloaded(), start);
    }
    try {
      var transaction = submissions.read(encoded, wait);
      var outcome = submissions.submit(transaction, wait, Api::unbounded).toCompletableFuture();
      var _ = outcome.whenComplete((_, thrown) -> release(start, thrown));
      return new Taken(transaction.id(), outcome, wait.plus(limits.answer()));
    } catch (Refused refused) {
      slots.release();
      throw served(SUBMIT_MANY, refused, start);
    }
  }

  private void release(long start, @Nullable Throwable thrown) {
    slots.release();
    metrics.served(SUBMIT_MANY, Optional.ofNullable(thrown).map(errors::of), start);
  }

  private Refused served(String method, Refused refused, long start) {
    metrics.served(method, Optional.of(refused), start);
    return refused;
  }

  private Refused overloaded() {
    return errors.refused("OVERLOADED", "too many requests are in hand; pause, then retry");
  }

  /** The view when it is decided, or as it is after {@code atMost}; pending if nobody answers. */
  CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return submissions.watch(id, atMost, this::answered);
  }

  /** What is known now, known or not. */
  CompletionStage<TransactionView> view(TransactionId id) {
    return answered(ledger.transaction(id, false), limits.answer());
  }

  TransactionStatus status(Submitted submitted) {
    return switch (submitted) {
      case Submitted.Accepted(var id) -> Messages.status(id, Outcome.OUTCOME_ACCEPTED);
      case Submitted.Seen(var view) -> status(view);
    };
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
      String method, Slots free, Supplier<CompletionStage<T>> operation) {
    long start = System.nanoTime();
    if (!free.tryTake()) {
      return CompletableFuture.failedFuture(served(method, overloaded(), start));
    }
    return attempt(operation)
        .handle(
            (answer, thrown) -> {
              free.release();
              if (thrown == null) {
                metrics.served(method, Optional.empty(), start);
                return answer;
              }
              throw served(method, errors.of(thrown), start);
            });
  }

  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private static <T> CompletionStage<T> unbounded(CompletionStage<T> stage, Duration atMost) {
    return stage;
  }

  /** Continues on the gateway's executor, and does not wait for ever. */
  private <T> CompletionStage<T> answered(CompletionStage<T> stage, Duration atMost) {
    return stage
        .thenApplyAsync(answer -> answer, executor)
        .toCompletableFuture()
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
