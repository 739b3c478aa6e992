package dev.sampo.client;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.Submission;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.SubmissionFailure;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import dev.sampo.client.v1.TransactionStatus;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that takes streams of submissions and says only what a test tells it to say. */
final class ScriptedNode implements AutoCloseable {

  /** What the node does with each submission by itself; nothing at first. */
  @FunctionalInterface
  interface Script {
    void play(Stream stream, Submission submission);
  }

  volatile Script script = (_, _) -> {};

  /** A stream that a client has opened, in the order of opening. */
  final class Stream implements StreamObserver<SubmitTransactionsRequest> {

    final List<Submission> submissions = new CopyOnWriteArrayList<>();
    final AtomicInteger messages = new AtomicInteger();
    private final StreamObserver<SubmitTransactionsResponse> answers;
    private volatile boolean ended;

    private Stream(StreamObserver<SubmitTransactionsResponse> answers) {
      this.answers = answers;
    }

    @Override
    public void onNext(SubmitTransactionsRequest message) {
      messages.incrementAndGet();
      submissions.addAll(message.getSubmissionsList());
      message.getSubmissionsList().forEach(submission -> script.play(this, submission));
    }

    @Override
    public void onError(Throwable broken) {
      ended = true;
    }

    @Override
    public void onCompleted() {
      ended = true;
      answers.onCompleted();
    }

    boolean isEnded() {
      return ended;
    }

    void accept(Submission submission) {
      say(
          SubmissionAnswer.newBuilder()
              .setNumber(submission.getNumber())
              .setStatus(
                  TransactionStatus.newBuilder()
                      .setTransactionId(submission.getSignedTransaction())));
    }

    void refuse(Submission submission, String code) {
      say(
          SubmissionAnswer.newBuilder()
              .setNumber(submission.getNumber())
              .setFailure(SubmissionFailure.newBuilder().setCode(code).setMessage("no")));
    }

    void say(SubmissionAnswer.Builder answer) {
      answers.onNext(SubmitTransactionsResponse.newBuilder().addAnswers(answer).build());
    }

    void complete() {
      answers.onCompleted();
    }

    void fail(Status status, String code) {
      var trailers = new Metadata();
      trailers.put(Failure.CODE, code);
      answers.onError(status.asRuntimeException(trailers));
    }
  }

  final List<Stream> streams = new CopyOnWriteArrayList<>();
  private final Server server;

  ScriptedNode() {
    var service =
        new SampoGrpc.SampoImplBase() {
          @Override
          public StreamObserver<SubmitTransactionsRequest> submitTransactions(
              StreamObserver<SubmitTransactionsResponse> answers) {
            var stream = new Stream(answers);
            streams.add(stream);
            return stream;
          }
        };
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(service)
              .build()
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Breaks every stream off. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
