package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.Submission;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Submissions over a stream: each is answered once, and no client can exhaust the node by them. */
class SubmissionStreamsTest {

  private static final int LONG_MILLIS = 10_000;

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(TestGateway.IMPATIENT);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private RawStream open() {
    return RawStream.open(gateway.port());
  }

  private Submission transfer(long number, int waitMillis) {
    return submission(
        number, gateway.from(ALICE).transfer(COIN, BOB, 1).encoded().toByteArray(), waitMillis);
  }

  private static Submission submission(long number, byte[] signed, int waitMillis) {
    return Submission.newBuilder()
        .setNumber(number)
        .setSignedTransaction(ByteString.copyFrom(signed))
        .setWaitForCommitMs(waitMillis)
        .build();
  }

  private static SubmitTransactionsRequest message(List<Submission> submissions) {
    return SubmitTransactionsRequest.newBuilder().addAllSubmissions(submissions).build();
  }

  private static SubmitTransactionsRequest message(Submission... submissions) {
    return message(List.of(submissions));
  }

  private static String codeOf(SubmissionAnswer answer) {
    return answer.hasFailure()
        ? answer.getFailure().getCode()
        : answer.getStatus().getOutcome().name();
  }

  private void awaitInHand(String what, int count) {
    var line = "sampo_gateway_in_hand{what=\"" + what + "\"} " + count;
    await().until(() -> gateway.get("/metrics").body().contains(line));
  }

  @Test
  void answersInTheOrderOfDecisionsAndCompletesAfterTheLastOne() {
    gateway.ledger.hold();
    try (var stream = open()) {
      stream.send(message(transfer(7, LONG_MILLIS), submission(8, new byte[] {1}, 0)));
      stream.send(message(transfer(9, 0)));
      stream.halfClose();

      await().until(() -> stream.answers().size() == 2);
      assertThat(stream.answers().get(0).getNumber()).isEqualTo(8);
      assertThat(codeOf(stream.answers().get(0))).isEqualTo("MALFORMED_TRANSACTION");
      assertThat(stream.answers().get(0).getFailure().getSafeToResubmit()).isTrue();
      assertThat(stream.answers().get(1).getNumber()).isEqualTo(9);
      assertThat(codeOf(stream.answers().get(1))).isEqualTo("OUTCOME_ACCEPTED");
      assertThat(stream.ended()).isFalse();

      gateway.ledger.commit();
      await().until(stream::ended);
      assertThat(stream.end()).isEqualTo("OK");
      assertThat(stream.answers()).hasSize(3);
      assertThat(stream.answers().get(2).getNumber()).isEqualTo(7);
      assertThat(codeOf(stream.answers().get(2))).isEqualTo("OUTCOME_COMMITTED");
      assertThat(stream.answers().get(2).getStatus().getReceipt().getCode()).isEqualTo("OK");
    }
    awaitInHand("submission streams", 0);
  }

  @Test
  @Tag("fault-93")
  void whatIsWrongWithOneDoesNotHarmTheOthers() {
    try (var stream = open()) {
      var badlySigned = transfer(4, 0).getSignedTransaction().toByteArray();
      badlySigned[badlySigned.length - 1] ^= 1;
      stream.send(
          message(
              submission(0, new byte[0], 0),
              submission(1, new byte[] {1, 2, 3}, 0),
              submission(2, new byte[65_537], 0),
              transfer(3, LONG_MILLIS + 1),
              submission(4, badlySigned, 0),
              transfer(5, LONG_MILLIS)));

      await().until(() -> stream.answers().size() == 6);
      var codes = new String[6];
      stream.answers().forEach(each -> codes[(int) each.getNumber()] = codeOf(each));
      assertThat(codes)
          .containsExactly(
              "MALFORMED_REQUEST",
              "MALFORMED_TRANSACTION",
              "TOO_LARGE",
              "MALFORMED_REQUEST",
              "BAD_SIGNATURE",
              "OUTCOME_COMMITTED");
      assertThat(stream.ended()).isFalse();
    }
  }

  @Test
  @Tag("fault-95")
  void shedsSubmissionsBeyondTheSlotsOneByOne() {
    gateway.ledger.hold();
    try (var stream = open()) {
      stream.send(
          message(LongStream.range(0, 20).mapToObj(i -> transfer(i, LONG_MILLIS)).toList()));

      await().until(() -> stream.answers().size() == 4);
      assertThat(stream.answers())
          .allSatisfy(
              each -> {
                assertThat(codeOf(each)).isEqualTo("OVERLOADED");
                assertThat(each.getFailure().getRetryable()).isTrue();
              });
      awaitInHand("submissions", 16);

      gateway.ledger.release();
      await().until(() -> stream.answers().size() == 20);
      assertThat(stream.answers().subList(4, 20))
          .allSatisfy(each -> assertThat(codeOf(each)).isEqualTo("OUTCOME_COMMITTED"));
    }
    awaitInHand("submissions", 0);
  }

  @Test
  void aLedgerThatSaysNothingIsNoFailureAndFreesTheSlots() {
    gateway.ledger.fallSilent();
    try (var stream = open()) {
      stream.send(message(transfer(1, 100), transfer(2, 0)));

      await().until(() -> stream.answers().size() == 2);
      assertThat(stream.answers())
          .allSatisfy(
              each -> assertThat(each.getStatus().getOutcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN));
    }
    gateway.ledger.speakAgain();
    awaitInHand("submissions", 0);
  }

  @Test
  void aWaitEndsWithThePendingTransaction() {
    gateway.ledger.hold();
    try (var stream = open()) {
      stream.send(message(transfer(1, 100)));

      await().until(() -> stream.answers().size() == 1);
      assertThat(codeOf(stream.answers().getFirst())).isEqualTo("OUTCOME_PENDING");
    }
  }

  @Test
  @Tag("fault-92")
  void aMessageThatBreaksTheRulesEndsItsStreamOnly() {
    gateway.ledger.hold();
    try (var other = open()) {
      other.send(message(transfer(1, LONG_MILLIS)));
      var tooMany = LongStream.range(0, 257).mapToObj(i -> submission(i, new byte[1], 0)).toList();

      assertThat(endOf(message(tooMany))).isEqualTo("MALFORMED_REQUEST");
      assertThat(endOf(message(transfer(5, LONG_MILLIS), transfer(5, LONG_MILLIS))))
          .isEqualTo("MALFORMED_REQUEST");
      assertThat(endOf(message(submission(1, new byte[256 * 1024], 0)))).isEqualTo("TOO_LARGE");
      try (var garbage = open()) {
        garbage.sendBytes(new byte[] {(byte) 0xff, 1, 2});
        await().until(garbage::ended);
        assertThat(garbage.end()).isEqualTo("MALFORMED_REQUEST");
      }

      gateway.ledger.release();
      await().until(() -> other.answers().size() == 1);
      assertThat(codeOf(other.answers().getFirst())).isEqualTo("OUTCOME_COMMITTED");
    }
    awaitInHand("submissions", 0);
    awaitInHand("submission streams", 0);
  }

  private String endOf(SubmitTransactionsRequest message) {
    try (var stream = open()) {
      stream.send(message);
      await().until(stream::ended);
      return stream.end();
    }
  }

  @Test
  @Tag("fault-98")
  void opensNoMoreStreamsThanThereAreSlotsAndFreesThemAtTheEnd() {
    var streams = new ArrayList<RawStream>();
    for (int i = 0; i < 8; i++) {
      var stream = open();
      stream.send(message(transfer(1, 0)));
      streams.add(stream);
    }
    awaitInHand("submission streams", 8);

    assertThat(endOf(message(transfer(1, 0)))).isEqualTo("TOO_MANY_STREAMS");

    streams.forEach(RawStream::close);
    awaitInHand("submission streams", 0);
    try (var again = open()) {
      again.send(message(transfer(1, LONG_MILLIS)));
      await().until(() -> again.answers().size() == 1);
    }
  }

  @Test
  @Tag("fault-92")
  void aCancelledStreamKeepsItsSlotsOnlyUntilTheLedgerAnswers() {
    gateway.ledger.hold();
    try (var stream = open()) {
      stream.send(message(transfer(1, LONG_MILLIS), transfer(2, LONG_MILLIS)));
      awaitInHand("submissions", 2);
    }
    awaitInHand("submission streams", 0);
    gateway.ledger.release();
    awaitInHand("submissions", 0);
  }

  @Test
  @Tag("fault-93")
  void isNotReadFromWhileItsClientTakesNoAnswers() {
    gateway.ledger.refuse("WRONG_LEDGER");
    int offered = 40_000;
    var signed = gateway.from(ALICE).transfer(COIN, BOB, 1).encoded().toByteArray();
    try (var stream = RawStream.openWithoutReading(gateway.port())) {
      for (int i = 0; i < offered; i += 100) {
        stream.send(
            message(LongStream.range(i, i + 100).mapToObj(n -> submission(n, signed, 0)).toList()));
      }

      var before = new AtomicInteger();
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                int now = gateway.ledger.submissions();
                return now > 0 && before.getAndSet(now) == now;
              });
      assertThat(gateway.ledger.submissions())
          .isGreaterThan(SubmissionStage.IN_HAND_MAX / 2)
          .isLessThan(offered / 4);

      stream.read();
      await().atMost(Duration.ofSeconds(30)).until(() -> stream.answers().size() == offered);
    }
  }
}
