package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Receipt;
import dev.sampo.client.v1.Submission;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions that one node leaves undecided (protocol L8). */
class SubmissionsTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("5a".repeat(32));
  private static final Duration LONG = Duration.ofSeconds(30);

  private final KeyFile alice = KeyFile.generate("alice", new SecureRandom());
  private final ScriptedNode first = new ScriptedNode();
  private final ScriptedNode second = new ScriptedNode();
  private final ErrorCatalogue catalogue = ErrorCatalogue.load();
  private final Calls calls = new Calls(pool(), Backoff.DEFAULT, catalogue);
  private final Submissions submissions = new Submissions(calls, new Answers(catalogue));

  @AfterEach
  void end() {
    calls.close();
    first.close();
    second.close();
  }

  private EndpointPool pool() {
    return new EndpointPool(List.of(first.address(), second.address()), LEDGER);
  }

  private SignedTransaction transfer() {
    return TransactionBuilder.of(LEDGER, alice)
        .transfer(new AssetId("coin"), new AccountId("bob"), 1);
  }

  private static ByteString id(Submission submission) {
    try {
      var signed = Bytes.owning(submission.getSignedTransaction().toByteArray());
      return SampoClient.byteString(SignedTransaction.decode(signed).id().hash());
    } catch (Malformed malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static SubmissionAnswer.Builder answer(
      Submission submission, TransactionStatus.Builder status) {
    return SubmissionAnswer.newBuilder()
        .setNumber(submission.getNumber())
        .setStatus(status.setTransactionId(id(submission)));
  }

  private static void commit(ScriptedNode.Stream stream, Submission submission) {
    stream.say(
        answer(
            submission,
            TransactionStatus.newBuilder()
                .setOutcome(dev.sampo.client.v1.Outcome.OUTCOME_COMMITTED)
                .setReceipt(
                    Receipt.newBuilder()
                        .setHeight(1)
                        .setCode(dev.sampo.core.transaction.Receipt.OK)
                        .setStateDeltaHash(ByteString.copyFrom(new byte[32])))));
  }

  /** As a node that is cut off: what it has stays undecided for as long as it is asked to wait. */
  private static void leaveUndecided(ScriptedNode.Stream stream, Submission submission) {
    CompletableFuture.delayedExecutor(submission.getWaitForCommitMs(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              synchronized (stream) {
                stream.say(
                    answer(
                        submission,
                        TransactionStatus.newBuilder()
                            .setOutcome(dev.sampo.client.v1.Outcome.OUTCOME_PENDING)));
              }
            });
  }

  private void commitSome(int count) {
    first.script = SubmissionsTest::commit;
    second.script = SubmissionsTest::commit;
    for (int i = 0; i < count; i++) {
      assertThat(submissions.submitAndWait(transfer(), LONG).join())
          .isInstanceOf(Outcome.Committed.class);
    }
  }

  private static long received(ScriptedNode node) {
    return node.streams.stream().mapToLong(stream -> stream.submissions.size()).sum();
  }

  private static Set<ByteString> transactions(ScriptedNode node) {
    var found = new HashSet<ByteString>();
    node.streams.forEach(stream -> stream.submissions.forEach(each -> found.add(id(each))));
    return found;
  }

  @Test
  void aNodeThatLeavesUndecidedWhatOthersDecideIsLetAlone() {
    commitSome(40);
    long before = received(first);
    first.script = SubmissionsTest::leaveUndecided;

    for (int i = 0; i < 20; i++) {
      assertThat(submissions.submitAndWait(transfer(), LONG).join())
          .isInstanceOf(Outcome.Committed.class);
    }

    var toFirst = first.streams.stream().flatMap(stream -> stream.submissions.stream()).toList();
    assertThat(received(first) - before).isEqualTo(1);
    assertThat(toFirst.getLast().getWaitForCommitMs())
        .as("as long as transactions take, and not five seconds")
        .isLessThan((int) Patience.MAX.toMillis());
  }

  @Test
  void whatANodeRefusesIsToldAsItSaysIt() {
    first.script = (stream, submission) -> stream.refuse(submission, "BAD_SIGNATURE");
    second.script = (stream, submission) -> stream.refuse(submission, "BAD_SIGNATURE");

    var outcome = submissions.submitAndWait(transfer(), LONG).join();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            refused -> assertThat(refused.error().code()).isEqualTo("BAD_SIGNATURE"));
  }

  @Test
  void aLedgerThatIsSlowGetsFewTransactionsTwice() {
    commitSome(40);
    first.streams.forEach(stream -> stream.submissions.clear());
    second.streams.forEach(stream -> stream.submissions.clear());
    first.script = SubmissionsTest::leaveUndecided;
    second.script = SubmissionsTest::leaveUndecided;

    var outcomes =
        IntStream.range(0, 300)
            .mapToObj(_ -> submissions.submitAndWait(transfer(), Duration.ofSeconds(3)))
            .toList();

    assertThat(outcomes.stream().map(CompletableFuture::join))
        .allMatch(Outcome.Pending.class::isInstance);
    var twice = transactions(first);
    twice.retainAll(transactions(second));
    assertThat(twice).isNotEmpty().hasSizeLessThanOrEqualTo(Patience.BUDGET_MAX);
  }

  private static void refuse(ScriptedNode.Stream stream, Submission submission) {
    stream.refuse(submission, "MEMPOOL_FULL");
  }

  private Outcome.Rejected refused() {
    return (Outcome.Rejected) submissions.submitAndWait(transfer(), LONG).join();
  }

  /** What overload costs does not grow with the number of nodes: no other is asked at once. */
  @Test
  void whatANodeHasNoRoomForWaitsBeforeItGoesElsewhere() {
    first.script = SubmissionsTest::refuse;
    second.script = SubmissionsTest::refuse;
    long start = System.nanoTime();

    var outcome = refused();

    assertThat(outcome.error().code()).isEqualTo("MEMPOOL_FULL");
    assertThat(outcome.error().retryable()).isTrue();
    assertThat(received(first) + received(second)).isEqualTo(Backoff.DEFAULT.attemptsMax());
    // At least half of each of the four waits.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(750));
  }

  @Test
  void mostOfWhatWouldBeRefusedIsNotSent() {
    first.script = SubmissionsTest::refuse;
    second.script = SubmissionsTest::refuse;
    int count = 2_000;
    var eager = new Calls(pool(), Backoff.NONE, catalogue);
    var outcomes =
        IntStream.range(0, count)
            .mapToObj(_ -> eager.submission(ByteString.copyFromUtf8("t"), LONG, Duration.ZERO))
            .map(submitted -> submitted.handle((_, thrown) -> SampoException.in(thrown)).join())
            .toList();

    assertThat(outcomes)
        .extracting(each -> each.error().code())
        .containsOnly("MEMPOOL_FULL", Failure.OVERLOADED);
    assertThat(outcomes)
        .as("nobody may have got what was not taken")
        .noneMatch(SampoException::maybeDelivered);
    assertThat(received(first) + received(second)).isLessThan(count / 2);
    eager.close();
  }
}
