package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.TransactionStatus;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The submissions of a client to one node, over one call that is opened when there is something to
 * send and ended when nothing was sent for a while. What is queued while the call cannot take more
 * goes in one message. State belongs to the client's network thread; any thread submits.
 */
final class SubmissionStream implements AutoCloseable {

  /** Written and not answered: less than the node takes into hand before it stops reading. */
  static final int OUTSTANDING_MAX = 1024;

  /** Neither written nor answered; as much as a node's mempool holds. */
  static final int QUEUED_MAX = 65_536;

  /** How late a submission may learn that its deadline has passed. */
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(20);

  private final Channel channel;
  private final ClientLoop loop;
  private final Duration idleMax;
  private final Queue<QueuedSubmission> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean drainPlanned = new AtomicBoolean();
  private volatile boolean closed;

  private @Nullable SubmissionCall call;
  private long usedNanos;
  private boolean sweepPlanned;
  private boolean idlePlanned;

  SubmissionStream(Channel channel, ClientLoop loop, Duration idleMax) {
    this.channel = channel;
    this.loop = loop;
    this.idleMax = idleMax;
  }

  /** Fails with what {@link Failure} understands. */
  CompletableFuture<TransactionStatus> submit(
      ByteString signed, Duration wait, long deadlineNanos) {
    var submission =
        new QueuedSubmission(
            signed,
            (int) wait.toMillis(),
            deadlineNanos,
            loop.outcomes(),
            new CompletableFuture<>());
    if (queued.incrementAndGet() > QUEUED_MAX) {
      queued.decrementAndGet();
      submission.fail(neverSent("too many submissions wait to be sent"));
    } else {
      queue.add(submission);
      planDrain();
    }
    return submission.answer();
  }

  private static NeverSent neverSent(String why) {
    return new NeverSent(Status.UNAVAILABLE.withDescription(why).asRuntimeException());
  }

  private void planDrain() {
    if (drainPlanned.compareAndSet(false, true)) {
      inLoop(this::onDrain);
    }
  }

  /** What the thread does not run any more, as the client is closed, has nothing to do. */
  private void inLoop(Runnable step) {
    try {
      loop.thread().execute(step);
    } catch (RejectedExecutionException ended) {
      failQueued(neverSent("the client is closed"));
    }
  }

  private @Nullable QueuedSubmission poll() {
    var next = queue.poll();
    if (next != null) {
      queued.decrementAndGet();
    }
    return next;
  }

  private void failQueued(RuntimeException failure) {
    for (var next = poll(); next != null; next = poll()) {
      next.fail(failure);
    }
  }

  private void onDrain() {
    drainPlanned.set(false);
    drain();
  }

  private void drain() {
    if (closed) {
      failQueued(neverSent("the client is closed"));
    }
    while (!queue.isEmpty()) {
      planSweep();
      var open = opened();
      if (!open.takesMore()) {
        return; // it will say so when it does
      }
      open.send(batch());
      usedNanos = System.nanoTime();
    }
  }

  private SubmissionCall opened() {
    var open = call;
    if (open == null) {
      open = new SubmissionCall(this);
      call = open;
      open.start(channel);
      planIdle(idleMax);
    }
    return open;
  }

  /** As many as fit a message; there is one at least. */
  private List<QueuedSubmission> batch() {
    var batch = new ArrayList<QueuedSubmission>();
    int bytes = 0;
    while (batch.size() < SubmissionCall.MESSAGE_SUBMISSIONS_MAX) {
      var next = queue.peek();
      if (next == null
          || !batch.isEmpty() && bytes + next.messageBytes() > SubmissionCall.MESSAGE_BYTES_MAX) {
        break;
      }
      batch.add(next);
      bytes += next.messageBytes();
      poll();
    }
    return batch;
  }

  /** Called by the call, on any thread. */
  void onReady() {
    inLoop(this::drain);
  }

  /** Called by the call, on any thread. */
  void onAnswers(Runnable answers) {
    if (loop.thread().inEventLoop()) {
      answers.run();
      drain();
    } else {
      inLoop(
          () -> {
            answers.run();
            drain();
          });
    }
  }

  /** Called by the call, on any thread. What was not sent goes to the next call. */
  void onEnd(SubmissionCall ended, StatusRuntimeException reason) {
    try {
      loop.thread().execute(() -> end(ended, reason));
    } catch (RejectedExecutionException terminated) {
      end(ended, reason); // no other step runs any more
    }
  }

  private void end(SubmissionCall ended, StatusRuntimeException reason) {
    ended.failSent(reason);
    if (call == ended) {
      call = null;
      if (ended.hasSent()) {
        drain();
      } else {
        failQueued(new NeverSent(reason)); // there is no way to this node now
      }
    }
  }

  private void planSweep() {
    if (!sweepPlanned) {
      sweepPlanned = true;
      schedule(this::onSweep, SWEEP_INTERVAL);
    }
  }

  private void onSweep() {
    sweepPlanned = false;
    long now = System.nanoTime();
    for (var each = queue.iterator(); each.hasNext(); ) {
      var next = each.next();
      if (next.deadlineNanos() - now < 0) {
        each.remove();
        queued.decrementAndGet();
        next.onDeadline();
      }
    }
    if (call != null) {
      call.dropOverdue(now);
    }
    drain();
    if (!queue.isEmpty() || call != null && call.outstanding() > 0) {
      planSweep();
    }
  }

  private void planIdle(Duration in) {
    if (!idlePlanned) {
      idlePlanned = true;
      schedule(this::onIdle, in);
    }
  }

  private void onIdle() {
    idlePlanned = false;
    if (call == null) {
      return;
    }
    boolean isIdle = queue.isEmpty() && call.outstanding() == 0;
    long left = usedNanos + idleMax.toNanos() - System.nanoTime();
    if (isIdle && left <= 0) {
      call.end();
      call = null;
    } else {
      planIdle(left > 0 ? Duration.ofNanos(left) : idleMax);
    }
  }

  private void schedule(Runnable step, Duration in) {
    var _ = loop.thread().schedule(step, in.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The channel is shut down by its owner, which ends the call. */
  @Override
  public void close() {
    closed = true;
    inLoop(this::drain);
  }
}
