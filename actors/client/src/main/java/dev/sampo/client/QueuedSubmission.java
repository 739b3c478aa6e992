package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Submission;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.TransactionStatus;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A submission that a {@link SubmissionStream} has to send or waits for the answer of.
 *
 * @param deadlineNanos no answer is waited for any longer
 * @param outcomes completes {@code answer}, as those who wait for it may keep the thread
 */
record QueuedSubmission(
    ByteString signed,
    int waitMillis,
    long deadlineNanos,
    Executor outcomes,
    CompletableFuture<TransactionStatus> answer) {

  /** A message has this many bytes besides the transactions and for each of them. */
  static final int OVERHEAD_BYTES = 32;

  int messageBytes() {
    return signed.size() + OVERHEAD_BYTES;
  }

  Submission numbered(long number) {
    return Submission.newBuilder()
        .setNumber(number)
        .setSignedTransaction(signed)
        .setWaitForCommitMs(waitMillis)
        .build();
  }

  void onAnswer(SubmissionAnswer given) {
    switch (given.getResultCase()) {
      case STATUS -> run(() -> answer.complete(given.getStatus()));
      case FAILURE -> fail(refusal(given));
      case RESULT_NOT_SET ->
          fail(Status.UNKNOWN.withDescription("an answer without a result").asRuntimeException());
    }
  }

  /** As the unary call would fail. */
  private static StatusRuntimeException refusal(SubmissionAnswer given) {
    var trailers = new Metadata();
    trailers.put(Failure.CODE, given.getFailure().getCode());
    return Status.UNKNOWN
        .withDescription(given.getFailure().getMessage())
        .asRuntimeException(trailers);
  }

  void onDeadline() {
    fail(Status.DEADLINE_EXCEEDED.withDescription("no answer in time").asRuntimeException());
  }

  void fail(RuntimeException failure) {
    run(() -> answer.completeExceptionally(failure));
  }

  private void run(Runnable completion) {
    try {
      outcomes.execute(completion);
    } catch (RejectedExecutionException closed) {
      completion.run(); // the client is closed, and its threads have nothing else to do
    }
  }
}
