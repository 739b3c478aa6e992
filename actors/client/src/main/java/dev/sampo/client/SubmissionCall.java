package dev.sampo.client;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of a {@link SubmissionStream}, and what was sent over it without an answer so far. */
final class SubmissionCall extends ClientCall.Listener<SubmitTransactionsResponse> {

  static final int MESSAGE_SUBMISSIONS_MAX = 256;
  static final int MESSAGE_BYTES_MAX = 256 * 1024 - QueuedSubmission.OVERHEAD_BYTES;

  /** With these a node refuses a stream that it has read nothing of. */
  private static final Set<String> UNREAD = Set.of("TOO_MANY_STREAMS", Failure.LEDGER_NOT_FOUND);

  /** Messages that the node may send ahead. */
  private static final int MESSAGES_AHEAD = 16;

  private final SubmissionStream stream;
  private final Map<Long, QueuedSubmission> sent = new LinkedHashMap<>();
  private @Nullable ClientCall<SubmitTransactionsRequest, SubmitTransactionsResponse> call;
  private long numbers;

  SubmissionCall(SubmissionStream stream) {
    this.stream = stream;
  }

  void start(Channel channel) {
    var options = CallOptions.DEFAULT.withExecutor(Runnable::run);
    var opened = channel.newCall(SampoGrpc.getSubmitTransactionsMethod(), options);
    call = opened;
    opened.start(this, new Metadata());
    opened.request(MESSAGES_AHEAD);
  }

  int outstanding() {
    return sent.size();
  }

  boolean takesMore() {
    return call != null && call.isReady() && sent.size() < SubmissionStream.OUTSTANDING_MAX;
  }

  void send(List<QueuedSubmission> batch) {
    var message = SubmitTransactionsRequest.newBuilder();
    for (var submission : batch) {
      long number = numbers++;
      sent.put(number, submission);
      message.addSubmissions(submission.numbered(number));
    }
    if (call != null) {
      call.sendMessage(message.build());
    }
  }

  /** A late answer is nobody's. */
  void dropOverdue(long nowNanos) {
    for (var each = sent.values().iterator(); each.hasNext(); ) {
      var next = each.next();
      if (next.deadlineNanos() - nowNanos < 0) {
        each.remove();
        next.onDeadline();
      }
    }
  }

  void end() {
    if (call != null) {
      call.halfClose();
    }
  }

  @Override
  public void onReady() {
    stream.onReady();
  }

  @Override
  public void onMessage(SubmitTransactionsResponse message) {
    stream.onAnswers(() -> take(message));
  }

  private void take(SubmitTransactionsResponse message) {
    if (call != null) {
      call.request(1);
    }
    for (var answer : message.getAnswersList()) {
      var submission = sent.remove(answer.getNumber());
      if (submission != null) {
        submission.onAnswer(answer);
      }
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    stream.onEnd(this, reason(status, trailers));
  }

  private static StatusRuntimeException reason(Status status, Metadata trailers) {
    return status.isOk()
        ? Status.UNAVAILABLE.withDescription("the node ended the stream").asRuntimeException()
        : status.asRuntimeException(trailers);
  }

  boolean hasSent() {
    return numbers > 0;
  }

  void failSent(StatusRuntimeException reason) {
    var failure = aboutSent(reason);
    sent.values().forEach(submission -> submission.fail(failure));
    sent.clear();
  }

  /**
   * An error of the stream is none of its submissions, which the node may have taken; unless it
   * refused the stream and read nothing.
   */
  private static StatusRuntimeException aboutSent(StatusRuntimeException reason) {
    var code =
        Optional.ofNullable(reason.getTrailers()).map(trailers -> trailers.get(Failure.CODE));
    return code.filter(found -> !UNREAD.contains(found)).isEmpty()
        ? reason
        : Status.UNAVAILABLE
            .withDescription(
                "the stream failed with " + code.get() + ": " + reason.getStatus().getDescription())
            .asRuntimeException();
  }
}
