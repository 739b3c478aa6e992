package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.TransactionStatus;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client's stream of submissions promises to those who submit. */
class SubmissionStreamTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.load();

  private final ScriptedNode node = new ScriptedNode();
  private final ClientLoop loop = new ClientLoop();
  private final ManagedChannel channel = channel(node.address());
  private final SubmissionStream stream = new SubmissionStream(channel, loop, LONG);

  @AfterEach
  void end() {
    stream.close();
    channel.shutdownNow();
    loop.close();
    node.close();
  }

  private ManagedChannel channel(String address) {
    return loop.connectedBy(NettyChannelBuilder.forTarget(address)).usePlaintext().build();
  }

  private static CompletableFuture<TransactionStatus> submit(
      SubmissionStream to, String bytes, Duration within) {
    return to.submit(
        ByteString.copyFromUtf8(bytes),
        Duration.ofSeconds(5),
        System.nanoTime() + within.toNanos());
  }

  private CompletableFuture<TransactionStatus> submit(String bytes) {
    return submit(stream, bytes, LONG);
  }

  private ScriptedNode.Stream opened(int streams, int submissions) {
    await().until(() -> node.streams.size() == streams);
    var newest = node.streams.getLast();
    await().until(() -> newest.submissions.size() == submissions);
    return newest;
  }

  private static Failure failureOf(CompletableFuture<TransactionStatus> answer) {
    await().until(answer::isCompletedExceptionally);
    return Failure.of(answer.exceptionNow(), CATALOGUE);
  }

  @Test
  void givesEachItsOwnAnswerInWhateverOrder() {
    var first = submit("a");
    var second = submit("b");
    var opened = opened(1, 2);

    opened.refuse(opened.submissions.get(1), "MEMPOOL_FULL");
    var refused = failureOf(second);
    assertThat(first).isNotDone();
    opened.accept(opened.submissions.get(0));

    await().until(first::isDone);
    assertThat(first.join().getTransactionId()).isEqualTo(ByteString.copyFromUtf8("a"));
    assertThat(refused.error().code()).isEqualTo("MEMPOOL_FULL");
    assertThat(refused.maybeDelivered()).isFalse();
    assertThat(opened.submissions.get(0).getWaitForCommitMs()).isEqualTo(5_000);
  }

  @Test
  void putsWhatIsQueuedIntoFewMessagesAndHoldsBackWhatTheNodeWouldNotRead() {
    var all = IntStream.range(0, 5_000).mapToObj(i -> submit("tx" + i)).toList();
    await().until(() -> !node.streams.isEmpty());
    var opened = node.streams.getFirst();
    int most = SubmissionStream.OUTSTANDING_MAX + SubmissionCall.MESSAGE_SUBMISSIONS_MAX;
    await().until(() -> opened.submissions.size() >= SubmissionStream.OUTSTANDING_MAX);

    int answered = 0;
    while (answered < all.size()) {
      var sent = List.copyOf(opened.submissions);
      assertThat(sent.size() - answered).isLessThan(most);
      sent.subList(answered, sent.size()).forEach(opened::accept);
      answered = sent.size();
    }

    all.forEach(CompletableFuture::join);
    assertThat(opened.messages.get()).isLessThan(all.size() / 2);
    assertThat(node.streams).hasSize(1);
  }

  @Test
  void aDeadlineThatPassesLeavesTheOutcomeUnknownAndALateAnswerIsNobodys() {
    var first = submit("a");
    var opened = opened(1, 1);
    opened.accept(opened.submissions.getFirst());
    await().until(first::isDone); // from now on there is a connection

    var late = submit(stream, "b", Duration.ofMillis(500));
    opened(1, 2);
    var failure = failureOf(late);
    opened.accept(opened.submissions.get(1));
    var next = submit("c");
    opened(1, 3).accept(opened.submissions.get(2));

    await().until(next::isDone);
    assertThat(next.join().getTransactionId()).isEqualTo(ByteString.copyFromUtf8("c"));
    assertThat(failure.error().code()).isEqualTo("NO_ANSWER");
    assertThat(failure.maybeDelivered()).isTrue();
  }

  @Test
  void whatWasSentOverABrokenStreamMayHaveBeenTaken() {
    var sent = submit("a");
    opened(1, 1);

    node.close();

    var failure = failureOf(sent);
    assertThat(failure.maybeDelivered()).isTrue();
    assertThat(failure.ofEndpoint()).isTrue();
  }

  @Test
  void anErrorOfTheStreamIsNotTakenForOneOfItsSubmissions() {
    var sent = submit("a");
    opened(1, 1).fail(Status.INVALID_ARGUMENT, "MALFORMED_REQUEST");

    var failure = failureOf(sent);
    assertThat(failure.error().code()).isEqualTo("UNREACHABLE");
    assertThat(failure.detail()).contains("MALFORMED_REQUEST");
    assertThat(failure.maybeDelivered()).isTrue();
  }

  @Test
  void aNodeThatRefusesTheStreamHasTakenNothing() {
    var sent = submit("a");
    opened(1, 1).fail(Status.RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS");

    var failure = failureOf(sent);
    assertThat(failure.error().code()).isEqualTo("TOO_MANY_STREAMS");
    assertThat(failure.maybeDelivered()).isFalse();
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void opensAnotherStreamWhenTheNodeHasCompletedOne() {
    var first = submit("a");
    var opened = opened(1, 1);
    opened.accept(opened.submissions.getFirst());
    await().until(first::isDone);
    var unanswered = submit("b");
    opened(1, 2).complete();
    assertThat(failureOf(unanswered).maybeDelivered()).isTrue();

    var third = submit("c");
    var reopened = opened(2, 1);
    reopened.accept(reopened.submissions.getFirst());
    await().until(third::isDone);
    assertThat(third).isCompleted();
  }

  @Test
  void endsAStreamThatIsIdleAndOpensAnotherAtTheNextUse() {
    var brief = new SubmissionStream(channel, loop, Duration.ofMillis(50));
    var first = submit(brief, "a", LONG);
    var opened = opened(1, 1);
    assertThat(opened.isEnded()).isFalse();
    opened.accept(opened.submissions.getFirst());
    await().until(opened::isEnded);

    var _ = submit(brief, "b", LONG);
    assertThat(opened(2, 1).submissions.getFirst().getSignedTransaction().toStringUtf8())
        .isEqualTo("b");
    assertThat(first).isCompleted();
    brief.close();
  }

  @Test
  void nothingIsSentWhereNobodyListens() throws IOException {
    int closedPort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    var nobody = channel("127.0.0.1:" + closedPort);
    var toNobody = new SubmissionStream(nobody, loop, LONG);

    var failure = failureOf(submit(toNobody, "a", LONG));

    assertThat(failure.error().code()).isEqualTo("UNREACHABLE");
    assertThat(failure.maybeDelivered()).isFalse();
    nobody.shutdownNow();
  }

  @Test
  void refusesMoreThanItMayQueue() {
    var all =
        IntStream.range(0, SubmissionStream.QUEUED_MAX + 2_000).mapToObj(i -> submit("x")).toList();

    await().until(() -> all.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    var refused =
        all.stream().filter(CompletableFuture::isCompletedExceptionally).findFirst().orElseThrow();
    assertThat(failureOf(refused).maybeDelivered()).isFalse();
  }

  @Test
  void aClosedClientKeepsNobodyWaiting() {
    var sent = submit("a");
    opened(1, 1);

    stream.close();
    channel.shutdownNow();
    var after = submit("b");

    assertThat(failureOf(sent).maybeDelivered()).isTrue();
    assertThat(failureOf(after).maybeDelivered()).isFalse();
  }

  @Test
  void whoKeepsTheThreadOfOneOutcomeDoesNotKeepTheOthers() {
    var first = submit("a");
    var second = submit("b");
    var waiting = first.thenApply(_ -> second.join());
    var opened = opened(1, 2);

    opened.submissions.forEach(opened::accept);

    await().until(waiting::isDone);
    assertThat(waiting.join().getTransactionId()).isEqualTo(ByteString.copyFromUtf8("b"));
  }
}
