package dev.sampo.core.mempool;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static dev.sampo.core.execution.TestLedger.requiring;
import static dev.sampo.core.execution.TestLedger.sign;
import static dev.sampo.core.transaction.RejectionCode.ALREADY_EXECUTED;
import static dev.sampo.core.transaction.RejectionCode.ALREADY_PENDING;
import static dev.sampo.core.transaction.RejectionCode.EXPIRED;
import static dev.sampo.core.transaction.RejectionCode.KEY_REUSED;
import static dev.sampo.core.transaction.RejectionCode.MALFORMED_TRANSACTION;
import static dev.sampo.core.transaction.RejectionCode.MEMPOOL_FULL;
import static dev.sampo.core.transaction.RejectionCode.REQUIREMENT_EXPIRES_FIRST;
import static dev.sampo.core.transaction.RejectionCode.SENDER_LIMIT;
import static dev.sampo.core.transaction.RejectionCode.SUITE_NOT_ALLOWED;
import static dev.sampo.core.transaction.RejectionCode.TOO_EARLY;
import static dev.sampo.core.transaction.RejectionCode.TOO_LARGE;
import static dev.sampo.core.transaction.RejectionCode.UNKNOWN_APPLICATION;
import static dev.sampo.core.transaction.RejectionCode.WRONG_LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LiveTransaction;
import dev.sampo.core.execution.LiveTransactions;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.mempool.Admission.Admitted;
import dev.sampo.core.mempool.Admission.Refused;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MempoolTest {

  private static final LedgerTime NOW = LedgerTime.ofMillis(START + 1);
  private static final int ALL = Integer.MAX_VALUE;

  private final TestLedger ledger = new TestLedger();
  private final Mempool mempool = mempool(Mempool.Limits.DEFAULT);

  @Test
  void givesWhatItTookInTheOrderOfArrival() {
    var first = admitted(ledger.transfer(ALICE, BOB, 1, 1));
    var second = admitted(ledger.transfer(ALICE, BOB, 1, 2));

    assertThat(mempool.hasWork()).isTrue();
    assertThat(mempool.count()).isEqualTo(2);
    assertThat(mempool.bytes()).isEqualTo(first.encodedLength() + second.encodedLength());
    assertThat(mempool.find(first.id())).contains(first);
    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).containsExactly(first, second);
  }

  @Test
  void refusesWhatNoBlockWouldExecute() {
    var body = ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 1, START + 60_000);
    var good = sign(body);

    assertRefused(
        new SignedTransaction(Bytes.fromHex("0102"), 1, good.publicKey(), good.signature()),
        MALFORMED_TRANSACTION);
    assertRefused(sign(of(new LedgerId(Bytes.fromHex("00".repeat(32))), "assets")), WRONG_LEDGER);
    assertRefused(sign(of(ledger.genesis.ledgerId(), "other")), UNKNOWN_APPLICATION);
    assertRefused(
        new SignedTransaction(good.body(), 2, good.publicKey(), good.signature()),
        SUITE_NOT_ALLOWED);
    assertRefused(sign(ledger.body(ALICE, body.payload(), 1, START)), EXPIRED);
    assertRefused(sign(requiring(body, good, START + 59_999)), REQUIREMENT_EXPIRES_FIRST);
    assertThat(mempool.hasWork()).isFalse();
  }

  @Test
  void measuresHowFarAheadATransactionIsByTheLaterOfClockAndBlockTime() {
    long limit = 600_000 + Mempool.SKEW_MILLIS;
    var late = sign(ledger.body(ALICE, Bytes.EMPTY, 1, START + 10_000 + limit));
    var tooLate = sign(ledger.body(ALICE, Bytes.EMPTY, 2, START + 10_001 + limit));

    assertThat(mempool.admit(late, LedgerTime.ofMillis(START + 9_999)))
        .isEqualTo(new Refused(TOO_EARLY));
    assertThat(mempool.admit(late, LedgerTime.ofMillis(START + 10_000)))
        .isEqualTo(new Admitted(late.id()));
    execute(ledger.next(START + 10_000, List.of()));
    assertRefused(tooLate, TOO_EARLY);
  }

  @Test
  @DisplayName("7.16: the clock alone expires nothing")
  void keepsWhatOnlyTheClockCallsExpired() {
    var transfer = ledger.transfer(ALICE, BOB, 1, 1);

    assertThat(mempool.admit(transfer, LedgerTime.ofMillis(START + 70_000)))
        .isEqualTo(new Admitted(transfer.id()));
    assertThat(execute(ledger.next(START + 59_999, List.of()))).isEmpty();
    assertThat(execute(ledger.next(START + 60_000, List.of()))).containsExactly(transfer.id());
    assertThat(mempool.hasWork()).isFalse();
  }

  @Test
  void holdsBackWhatABlockWouldCallTooEarly() {
    var ahead = sign(ledger.body(ALICE, Bytes.EMPTY, 1, START + 601_000));
    admitted(ahead);

    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).isEmpty();
    assertThat(mempool.build(List.of(), LedgerTime.ofMillis(START + 1_000), ALL, ALL))
        .containsExactly(ahead);
  }

  @Test
  @DisplayName("7.14: one idempotency key, one transaction")
  void refusesWhatItHoldsAndWhatTheLedgerRemembers() {
    var transfer = admitted(ledger.transfer(ALICE, BOB, 1, 1));
    var sameKey = ledger.transfer(ALICE, BOB, 2, 1);
    assertRefused(transfer, ALREADY_PENDING);
    assertRefused(sameKey, KEY_REUSED);

    execute(ledger.next(START + 1, List.of(transfer)));

    assertThat(mempool.hasWork()).isFalse();
    assertRefused(transfer, ALREADY_EXECUTED);
    assertRefused(sameKey, KEY_REUSED);
  }

  @Test
  void boundsCountAndBytesOfAllAndOfOne() {
    int length = ledger.transfer(ALICE, BOB, 1, 1).encodedLength();
    var byCount = mempool(new Mempool.Limits(3, 1 << 20, 2, 1 << 20));
    var byBytes = mempool(new Mempool.Limits(100, 3L * length, 100, 2L * length));
    for (var bounded : List.of(byCount, byBytes)) {
      for (int salt = 1; salt <= 2; salt++) {
        assertThat(bounded.admit(ledger.transfer(ALICE, BOB, 1, salt), NOW))
            .isInstanceOf(Admitted.class);
      }
      assertThat(bounded.admit(ledger.transfer(ALICE, BOB, 1, 3), NOW))
          .isEqualTo(new Refused(SENDER_LIMIT));
      assertThat(bounded.admit(ledger.transfer(BOB, BOB, 1, 1), NOW)).isInstanceOf(Admitted.class);
      assertThat(bounded.admit(ledger.transfer(BOB, BOB, 1, 2), NOW))
          .isEqualTo(new Refused(MEMPOOL_FULL));
    }
  }

  @Test
  void refusesWhatIsLargerThanABlock() {
    var small = new TestLedger(new LedgerParameters(200, 600_000, 100, 1, 5_000));
    var pool = new Mempool(small.genesis, Mempool.Limits.DEFAULT, (_, _) -> none(), NOW);

    assertThat(pool.admit(small.transfer(ALICE, BOB, 1, 1), NOW)).isEqualTo(new Refused(TOO_LARGE));
  }

  @Test
  void givesEachSenderItsTurn() {
    for (int salt = 1; salt <= 5; salt++) {
      admitted(ledger.transfer(ALICE, BOB, 1, salt));
    }
    var ofBob = admitted(ledger.transfer(BOB, ALICE, 1, 1));
    var ofCarol = admitted(ledger.transfer(CAROL, ALICE, 1, 1));

    assertThat(mempool.build(List.of(), NOW, ALL, 4)).contains(ofBob, ofCarol);
  }

  @Test
  void givesTheTurnToOthersAfterABlockOfOneSender() {
    var ofAlice = admitted(ledger.transfer(ALICE, BOB, 1, 1));
    admitted(ledger.transfer(ALICE, BOB, 1, 2));
    var ofBob = admitted(ledger.transfer(BOB, ALICE, 1, 1));

    assertThat(mempool.build(List.of(), NOW, ALL, 1)).containsExactly(ofAlice);
    execute(ledger.next(START + 1, List.of(ofAlice)));
    assertThat(mempool.build(List.of(), NOW, ALL, 1)).containsExactly(ofBob);
  }

  @Test
  void proposesNothingThatAnAncestorCarries() {
    var first = admitted(ledger.transfer(ALICE, BOB, 1, 1));
    var second = admitted(ledger.transfer(ALICE, BOB, 1, 2));
    var parent = ledger.next(START + 1, List.of(first));

    assertThat(mempool.build(List.of(parent), NOW, ALL, ALL)).containsExactly(second);
    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).containsExactly(first, second);
  }

  @Test
  void fillsABlockToTheByteAndNotBeyond() {
    var large = sign(ledger.body(ALICE, Bytes.copyOf(new byte[1_000]), 9, START + 60_000));
    admitted(large);
    var small = admitted(ledger.transfer(BOB, ALICE, 1, 1));

    assertThat(mempool.build(List.of(), NOW, small.encodedLength(), ALL)).containsExactly(small);
    assertThat(mempool.build(List.of(), NOW, small.encodedLength() - 1, ALL)).isEmpty();
  }

  @Test
  @DisplayName("7.17: what requires another waits for it")
  void proposesWhatRequiresAnotherOnlyAfterIt() {
    var first = ledger.transfer(BOB, CAROL, 1, 1);
    var second =
        admitted(
            sign(
                requiring(
                    ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 2, START + 60_000),
                    first,
                    START + 60_000)));

    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).isEmpty();
    assertThat(mempool.build(List.of(ledger.next(START + 1, List.of(first))), NOW, ALL, ALL))
        .containsExactly(second);
    execute(ledger.next(START + 1, List.of(first)));
    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).containsExactly(second);
  }

  @Test
  @DisplayName("7.13: a junk copy that was ordered costs the sender nothing")
  void keepsATransactionWhoseJunkCopyWasVoid() {
    var transfer = admitted(ledger.transfer(ALICE, BOB, 1, 1));
    var junk =
        new SignedTransaction(
            transfer.body(),
            1,
            transfer.publicKey(),
            new Signature(Bytes.copyOf(new byte[Signature.LENGTH])));

    execute(ledger.next(START + 1, List.of(junk)));
    assertThat(mempool.build(List.of(), NOW, ALL, ALL)).containsExactly(transfer);
  }

  @Test
  void dropsWhatWasVoidForGood() {
    var body = ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 1, START + 60_000);
    var ofBobsKey = admitted(SignedTransaction.sign(body, TestKeys.signer("bob")));

    execute(ledger.next(START + 1, List.of(ofBobsKey)));

    assertThat(mempool.hasWork()).isFalse();
    assertThat(mempool.bytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void executesAllThatItTookOnceAndEndsEmpty(long seed) {
    var random = Seeds.random(seed);
    var limits = new Mempool.Limits(60, 12_000, 25, 5_000);
    var pool = mempool(limits);
    var taken = new ArrayList<SignedTransaction>();
    long time = START;
    int salt = 0;
    for (int height = 0; height < 60; height++) {
      time += 1 + random.nextInt(1_000);
      for (int i = random.nextInt(20); i > 0 && height < 40; i--) {
        var sender = List.of(ALICE, BOB, CAROL).get(random.nextInt(3));
        var body = ledger.body(sender, Assets.transfer(GOLD, BOB, 1), ++salt, time + 500_000);
        if (pool.admit(sign(body), LedgerTime.ofMillis(time)) instanceof Admitted) {
          taken.add(sign(body));
        }
      }
      assertThat(pool.count()).isLessThanOrEqualTo(limits.countMax());
      assertThat(pool.bytes()).isLessThanOrEqualTo(limits.bytesMax());
      var payload = pool.build(List.of(), LedgerTime.ofMillis(time), 3_000, 12);
      assertThat(payload.stream().mapToInt(SignedTransaction::encodedLength).sum())
          .isLessThanOrEqualTo(3_000);
      var executed = ledger.run(ledger.next(time, payload));
      assertThat(execute(pool, executed)).isEmpty();
    }
    assertThat(pool.count()).isZero();
    assertThat(pool.bytes()).isZero();
    for (var transaction : taken) {
      assertThat(ledger.reader().receipt(transaction.id())).isPresent();
    }
  }

  private Mempool mempool(Mempool.Limits limits) {
    return new Mempool(
        ledger.genesis, limits, LiveTransactions.of(ledger.store), ledger.genesis.time());
  }

  private static Optional<LiveTransaction> none() {
    return Optional.empty();
  }

  private List<TransactionId> execute(Block block) {
    return execute(mempool, ledger.run(block));
  }

  private static List<TransactionId> execute(Mempool mempool, ExecutedBlock executed) {
    return mempool.executed(
        executed.block().header().time(), executed.ordered().entries(), executed.results());
  }

  private SignedTransaction admitted(SignedTransaction transaction) {
    assertThat(mempool.admit(transaction, NOW)).isEqualTo(new Admitted(transaction.id()));
    return transaction;
  }

  private void assertRefused(SignedTransaction transaction, RejectionCode code) {
    assertThat(mempool.admit(transaction, NOW)).isEqualTo(new Refused(code));
  }

  private static TransactionBody of(LedgerId ledger, String application) {
    return new TransactionBody(
        ledger,
        application,
        Bytes.EMPTY,
        new AccountId("alice"),
        LedgerTime.ofMillis(START + 60_000),
        Bytes.fromHex("00".repeat(16)),
        List.of());
  }
}
