package dev.sampo.node.gateway;

import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the API on one ledger, the same for gRPC and HTTP: bounds, waits, and what a
 * lack of answers means. A stage fails with {@link Refused}, or with whatever {@link Errors} makes
 * one of. Answers are made on the gateway's own executor, whichever thread of the node completes
 * them.
 */
final class Api {

  private static final String SUBMIT_MANY = "SubmitTransactions";

  private final LedgerSummary summary;
  private final LedgerAccess ledger;
  private final GatewaySettings.Limits limits;
  private final Errors errors;
  private final Messages messages;
  private final Serving serving;
  private final Submissions submissions;
  private final Slots slots;
  private final Slots reads;

  Api(HostedLedger hosted, ApiParts parts) {
    this.summary = hosted.summary();
    this.ledger = hosted.access();
    this.limits = parts.limits();
    this.errors = parts.errors();
    this.messages = new Messages(errors.catalogue());
    this.serving = new Serving(summary.name().text(), parts);
    this.submissions = new Submissions(ledger, limits, errors);
    this.slots = parts.submissions();
    this.reads = parts.reads();
  }

  /** The ledger that all of it is about. */
  LedgerSummary summary() {
    return summary;
  }

  /** Whether this node hosts the ledger no longer. */
  boolean hasEnded() {
    return ledger.hasEnded();
  }

  /** {@code wait}: zero answers at once; otherwise answers when decided, or then as it is. */
  CompletionStage<TransactionStatus> submit(Bytes encoded, Duration wait) {
    return serving.within(
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
      throw serving.served(SUBMIT_MANY, serving.overloaded(), start);
    }
    try {
      var transaction = submissions.read(encoded, wait);
      var outcome = submissions.submit(transaction, wait, Api::unbounded).toCompletableFuture();
      var _ = outcome.whenComplete((_, thrown) -> release(start, thrown));
      return new Taken(transaction.id(), outcome, wait.plus(limits.answer()));
    } catch (Refused refused) {
      slots.release();
      throw serving.served(SUBMIT_MANY, refused, start);
    }
  }

  private void release(long start, @Nullable Throwable thrown) {
    slots.release();
    if (thrown == null) {
      serving.served(SUBMIT_MANY, start);
    } else {
      serving.served(SUBMIT_MANY, errors.of(thrown), start);
    }
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
    return serving.within(
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
    return serving.within(
        "GetAccount",
        reads,
        () ->
            answered(ledger.account(query), limits.answer())
                .thenApply(view -> Messages.account(summary.id(), checked(view, query, atLeast))));
  }

  private AccountView checked(AccountView view, AccountQuery query, Height atLeast) {
    if (query.withProof() && view.proofs().isEmpty()) {
      throw errors.refused("PROOF_NOT_READY", "no state is certified yet");
    }
    if (view.height().compareTo(atLeast) < 0) {
      throw errors.refused(
          "BEHIND", "asked for " + atLeast.number() + ", can answer at " + view.height().number());
    }
    if (view.record().isEmpty() && !query.withProof()) {
      throw errors.refused("ACCOUNT_NOT_FOUND", "account " + query.id());
    }
    return view;
  }

  CompletionStage<Block> block(BlockQuery query) {
    return serving.within(
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

  CompletionStage<PacketStatus> packet(PacketQuery query) {
    return serving.within(
        "GetPacket",
        reads,
        () ->
            answered(ledger.packet(query), limits.answer())
                .thenApply(
                    view ->
                        Messages.packet(
                            query,
                            view.orElseThrow(
                                () ->
                                    errors.refused(
                                        "UNKNOWN_CHANNEL", "channel " + query.channel())))));
  }

  CompletionStage<Status> status() {
    return serving.within(
        "GetStatus",
        reads,
        () -> answered(ledger.status(), limits.answer()).thenApply(Messages::status));
  }

  CompletionStage<GenesisDocument> genesis() {
    return serving.within(
        "GetGenesis",
        reads,
        () -> answered(ledger.genesis(), limits.answer()).thenApply(Messages::genesis));
  }

  /** A node that does not even answer is not ready. */
  CompletionStage<Readiness> ready() {
    return answered(ledger.ready(), limits.answer())
        .exceptionally(thrown -> new Readiness(List.of(errors.of(thrown).detail())));
  }

  private static <T> CompletionStage<T> unbounded(CompletionStage<T> stage, Duration atMost) {
    return stage;
  }

  private <T> CompletionStage<T> answered(CompletionStage<T> stage, Duration atMost) {
    return serving.answered(stage, atMost);
  }
}
