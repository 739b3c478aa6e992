package dev.sampo.client;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.core.transaction.SignedTransaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands transactions to nodes until the outcome is final, sending always the same bytes (7.14). */
final class Submissions {

  /** After this long without an outcome another node gets the transaction too (L8). */
  private static final Duration ROUND_MAX = Duration.ofSeconds(5);

  /** A shorter round is not worth a call. */
  private static final Duration ROUND_MIN = Duration.ofMillis(50);

  private final Calls calls;
  private final Answers answers;

  Submissions(Calls calls, Answers answers) {
    this.calls = calls;
    this.answers = answers;
  }

  CompletableFuture<Outcome> submit(SignedTransaction transaction, Duration within) {
    return calls
        .unary(SampoGrpc.getSubmitTransactionMethod(), request(transaction), within)
        .thenApply(status -> answers.outcome(transaction.id(), status))
        .exceptionallyCompose(thrown -> settle(transaction, SampoException.in(thrown), false));
  }

  CompletableFuture<Outcome> submitAndWait(SignedTransaction transaction, Duration atMost) {
    return new Waiting(transaction, System.nanoTime() + atMost.toNanos()).round();
  }

  private static SubmitTransactionRequest request(SignedTransaction transaction) {
    return SubmitTransactionRequest.newBuilder()
        .setSignedTransaction(SampoClient.byteString(transaction.encoded()))
        .build();
  }

  /**
   * What a failure says about the transaction: nothing, if a node may have it (a node that refuses
   * what another one has forwarded cannot know how that ends); otherwise that it was refused.
   */
  private static CompletableFuture<Outcome> settle(
      SignedTransaction transaction, SampoException failure, boolean deliveredBefore) {
    if (deliveredBefore || failure.maybeDelivered()) {
      return CompletableFuture.completedFuture(new Outcome.Pending(transaction.id()));
    }
    return failure.error().isAboutTransaction()
        ? CompletableFuture.completedFuture(
            new Outcome.Rejected(
                transaction.id(), failure.error(), failure.detail(), Optional.empty(), false))
        : CompletableFuture.failedFuture(failure);
  }

  /** How a round ended. */
  private record Reply(Optional<Outcome> answered, Optional<SampoException> failure) {}

  /** One transaction that is submitted in rounds until its outcome is final. */
  private final class Waiting {

    private final SignedTransaction transaction;
    private final long deadlineNanos;
    private boolean delivered;
    private int rounds;

    Waiting(SignedTransaction transaction, long deadlineNanos) {
      this.transaction = transaction;
      this.deadlineNanos = deadlineNanos;
    }

    CompletableFuture<Outcome> round() {
      rounds++;
      var remaining = Duration.ofNanos(Math.max(deadlineNanos - System.nanoTime(), 1));
      // The node is asked to answer before the call's own deadline.
      var share = remaining.multipliedBy(9).dividedBy(10);
      var wait = share.compareTo(ROUND_MAX) < 0 ? share : ROUND_MAX;
      return calls
          .submission(SampoClient.byteString(transaction.encoded()), remaining, wait)
          .thenApply(status -> answers.outcome(transaction.id(), status))
          .handle(
              (answered, thrown) ->
                  new Reply(
                      Optional.ofNullable(answered),
                      Optional.ofNullable(thrown).map(SampoException::in)))
          .thenCompose(this::onReply);
    }

    private CompletableFuture<Outcome> onReply(Reply reply) {
      return reply
          .failure()
          .map(this::onFailure)
          .orElseGet(() -> onAnswer(reply.answered().orElseThrow()));
    }

    private CompletableFuture<Outcome> onAnswer(Outcome answered) {
      delivered = true;
      var pause = calls.pauseAfter(rounds);
      return answered.isFinal() || !hasTimeFor(pause)
          ? CompletableFuture.completedFuture(answered)
          : Calls.after(pause).thenCompose(_ -> round());
    }

    private CompletableFuture<Outcome> onFailure(SampoException failure) {
      delivered |= failure.maybeDelivered();
      var pause = calls.pauseAfter(rounds);
      return delivered && hasTimeFor(pause)
          ? Calls.after(pause).thenCompose(_ -> round())
          : settle(transaction, failure, delivered);
    }

    private boolean hasTimeFor(Duration pause) {
      return deadlineNanos - System.nanoTime() > pause.plus(ROUND_MIN).toNanos();
    }
  }
}
