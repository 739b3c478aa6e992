package dev.sampo.node.gateway;

import dev.sampo.client.v1.Submission;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.SubmissionFailure;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Answers the submissions of a stream, each once, in the order in which they are decided. Answers
 * that are ready when the client takes more share a message, and the client is read from only while
 * it has less than {@value #IN_HAND_MAX} answers to take or to wait for. It completes once the node
 * hosts the ledger no longer and all is answered, so that the client opens another stream.
 */
final class SubmissionStage
    extends GraphStage<FlowShape<SubmitTransactionsRequest, SubmitTransactionsResponse>> {

  /** The last message that is read may exceed it. */
  static final int IN_HAND_MAX = 1024;

  static final int MESSAGE_SUBMISSIONS_MAX = 256;

  /** The answer that exceeds it is the last of its message. */
  static final int ANSWER_BYTES_MAX = 64 * 1024;

  /** Longer than any wait for a commit. */
  static final Duration IDLE_MAX = Duration.ofSeconds(90);

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  private final Inlet<SubmitTransactionsRequest> in = Inlet.create("SubmissionStage.in");
  private final Outlet<SubmitTransactionsResponse> out = Outlet.create("SubmissionStage.out");
  private final FlowShape<SubmitTransactionsRequest, SubmitTransactionsResponse> shape =
      FlowShape.of(in, out);
  private final Api api;
  private final Errors errors;
  private final Slots streams;

  SubmissionStage(Api api, Errors errors, Slots streams) {
    this.api = api;
    this.errors = errors;
    this.streams = streams;
  }

  @Override
  public FlowShape<SubmitTransactionsRequest, SubmitTransactionsResponse> shape() {
    return shape;
  }

  @Override
  public TimerGraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** A submission without an answer that the client has taken. */
  private sealed interface InHand {}

  private record Waiting(Taken taken, long deadlineNanos) implements InHand {}

  /** Refused before the ledger saw it; the answer is ready. */
  private enum RefusedHere implements InHand {
    NOW
  }

  /** What came of a submission: either of the two. */
  private record Ready(long number, @Nullable Submitted submitted, @Nullable Throwable thrown) {}

  private final class Logic extends TimerGraphStageLogic implements InHandler, OutHandler {

    private final Map<Long, InHand> inHand = new LinkedHashMap<>();
    private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AsyncCallback<NotUsed> wake = createAsyncCallback(_ -> onWake());
    private boolean holdsSlot;
    private long movedNanos = System.nanoTime();

    Logic() {
      super(shape);
      setHandlers(in, out, this);
    }

    @Override
    public void preStart() {
      holdsSlot = streams.tryTake();
      if (holdsSlot) {
        scheduleWithFixedDelay(SubmissionStage.class, SWEEP_INTERVAL, SWEEP_INTERVAL);
        pull(in);
      } else {
        failStage(errors.refused("TOO_MANY_STREAMS", "too many streams are open at this node"));
      }
    }

    @Override
    public void onPush() {
      movedNanos = System.nanoTime();
      var message = grab(in);
      if (message.getSubmissionsCount() > MESSAGE_SUBMISSIONS_MAX) {
        failStage(
            errors.malformed(
                message.getSubmissionsCount()
                    + " submissions in a message, at most "
                    + MESSAGE_SUBMISSIONS_MAX));
        return;
      }
      for (var submission : message.getSubmissionsList()) {
        if (inHand.containsKey(submission.getNumber())) {
          failStage(
              errors.malformed("two submissions in hand have number " + submission.getNumber()));
          return;
        }
        take(submission);
      }
      deliver();
    }

    private void take(Submission submission) {
      long number = submission.getNumber();
      try {
        var taken =
            api.take(
                SampoService.bytes(submission.getSignedTransaction()),
                Duration.ofMillis(Integer.toUnsignedLong(submission.getWaitForCommitMs())));
        inHand.put(number, new Waiting(taken, movedNanos + taken.latest().toNanos()));
        var _ =
            taken
                .outcome()
                .whenComplete((submitted, thrown) -> noteReady(number, submitted, thrown));
      } catch (Refused refused) {
        inHand.put(number, RefusedHere.NOW);
        ready.add(new Ready(number, null, refused));
      }
    }

    /** On any thread. */
    private void noteReady(long number, @Nullable Submitted submitted, @Nullable Throwable thrown) {
      ready.add(new Ready(number, submitted, thrown));
      if (woken.compareAndSet(false, true)) {
        wake.invoke(NotUsed.getInstance());
      }
    }

    private void onWake() {
      woken.set(false);
      deliver();
    }

    @Override
    public void onPull() {
      movedNanos = System.nanoTime();
      deliver();
    }

    /** Gives away what is ready if the client takes it, and reads on if there is room then. */
    private void deliver() {
      if (isAvailable(out) && !ready.isEmpty()) {
        push(out, answers());
      }
      if (isClosed(in) || api.hasEnded()) {
        if (inHand.isEmpty()) {
          completeStage();
        }
      } else if (!hasBeenPulled(in) && inHand.size() < IN_HAND_MAX) {
        pull(in);
      }
    }

    private SubmitTransactionsResponse answers() {
      var response = SubmitTransactionsResponse.newBuilder();
      int bytes = 0;
      for (var next = ready.poll(); next != null; next = ready.poll()) {
        var answer = answer(next);
        inHand.remove(next.number());
        response.addAnswers(answer);
        bytes += answer.getSerializedSize();
        if (bytes >= ANSWER_BYTES_MAX) {
          break;
        }
      }
      return response.build();
    }

    @Override
    public void onUpstreamFinish() {
      deliver();
    }

    @Override
    public void onUpstreamFailure(Throwable failure) {
      failStage(failure);
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
      cancelStage(cause);
    }

    @Override
    public void onTimer(Object timerKey) {
      long now = System.nanoTime();
      boolean isOver = api.hasEnded() && inHand.isEmpty();
      if (isOver || now - movedNanos > IDLE_MAX.toNanos()) {
        completeStage();
        return;
      }
      for (var each : inHand.values()) {
        if (each instanceof Waiting(var taken, var deadlineNanos) && deadlineNanos - now < 0) {
          taken.giveUp();
        }
      }
    }

    /** What nobody hears of any more keeps its slot until it is decided, but not for ever. */
    @Override
    public void postStop() {
      if (holdsSlot) {
        streams.release();
      }
      long now = System.nanoTime();
      for (var each : inHand.values()) {
        if (each instanceof Waiting(var taken, var deadlineNanos)) {
          taken.giveUpAfter(Duration.ofNanos(Math.max(deadlineNanos - now, 0)));
        }
      }
    }
  }

  private SubmissionAnswer answer(Ready ready) {
    var answer = SubmissionAnswer.newBuilder().setNumber(ready.number());
    if (ready.submitted() != null) {
      return answer.setStatus(api.status(ready.submitted())).build();
    }
    var refused = errors.of(Objects.requireNonNull(ready.thrown()));
    return answer
        .setFailure(
            SubmissionFailure.newBuilder()
                .setCode(refused.error().code())
                .setRetryable(refused.error().retryable())
                .setSafeToResubmit(refused.error().safeToResubmit())
                .setMessage(refused.detail()))
        .build();
  }
}
