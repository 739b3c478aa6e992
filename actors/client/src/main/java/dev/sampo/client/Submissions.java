package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.core.transaction.SignedTransaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Hands transactions to nodes until the outcome is final, sending always the same bytes (7.14). */
final class Submissions {

  /** A shorter round is not worth a call. */
  private static final Duration ROUND_MIN = Duration.ofMillis(50);

  private final Calls calls;
  private final Answers answers;
  private final Patience patience = new Patience();

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
    return new Waiting(transaction, atMost).round();
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
  private record Reply(Optional<Answered> answered, Optional<SampoException> failure) {}

  private record Answered(Outcome outcome, Endpoint by) {}

  /** One transaction that is submitted in rounds until its outcome is final. */
  private final class Waiting {

    private final SignedTransaction transaction;
    private final long startNanos = System.nanoTime();
    private final long deadlineNanos;
    private boolean delivered;
    private int rounds;
    private int turns;

    Waiting(SignedTransaction transaction, Duration atMost) {
      this.transaction = transaction;
      this.deadlineNanos = startNanos + atMost.toNanos();
    }

    /** At any node. */
    CompletableFuture<Outcome> round() {
      turns++;
      var remaining = remaining();
      return ended(calls.submission(signed(), remaining, waitWithin(remaining)));
    }

    /** At the node that has it, which is late as others are. */
    private CompletableFuture<Outcome> roundAt(Endpoint node) {
      var remaining = remaining();
      return ended(calls.submission(signed(), remaining, waitWithin(remaining), node));
    }

    private CompletableFuture<Outcome> ended(CompletableFuture<Calls.Handed> submission) {
      return submission
          .thenApply(
              handed ->
                  new Answered(answers.outcome(transaction.id(), handed.status()), handed.by()))
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

    private CompletableFuture<Outcome> onAnswer(Answered answered) {
      delivered = true;
      var outcome = answered.outcome();
      if (outcome.isFinal()) {
        patience.decided(Duration.ofNanos(System.nanoTime() - startNanos));
        answered.by().decided();
        return CompletableFuture.completedFuture(outcome);
      }
      var pending = CompletableFuture.completedFuture(outcome);
      if (!hasTimeFor(Duration.ZERO)) {
        return pending;
      }
      if (patience.forRound(rounds).compareTo(Patience.MAX) < 0 && !patience.takeTurn()) {
        return roundAt(answered.by());
      }
      answered.by().leftUndecided(System.nanoTime());
      return againOr(() -> pending);
    }

    private CompletableFuture<Outcome> onFailure(SampoException failure) {
      delivered |= failure.maybeDelivered();
      return delivered
          ? againOr(() -> settle(transaction, failure, true))
          : settle(transaction, failure, false);
    }

    /** Another round after a pause, if there is time for both. */
    private CompletableFuture<Outcome> againOr(Supplier<CompletableFuture<Outcome>> ending) {
      var pause = calls.pauseAfter(turns);
      return hasTimeFor(pause) ? Calls.after(pause).thenCompose(_ -> round()) : ending.get();
    }

    private ByteString signed() {
      return SampoClient.byteString(transaction.encoded());
    }

    private Duration remaining() {
      return Duration.ofNanos(Math.max(deadlineNanos - System.nanoTime(), 1));
    }

    /** The node is asked to answer before the call's own deadline. */
    private Duration waitWithin(Duration remaining) {
      rounds++;
      var share = remaining.multipliedBy(9).dividedBy(10);
      var wait = patience.forRound(rounds);
      return share.compareTo(wait) < 0 ? share : wait;
    }

    private boolean hasTimeFor(Duration pause) {
      return deadlineNanos - System.nanoTime() > pause.plus(ROUND_MIN).toNanos();
    }
  }
}
