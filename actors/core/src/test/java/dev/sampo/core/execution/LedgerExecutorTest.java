package dev.sampo.core.execution;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static dev.sampo.core.execution.TestLedger.requiring;
import static dev.sampo.core.execution.TestLedger.sign;
import static dev.sampo.core.execution.TestLedger.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("7.13: what becomes of an entry")
class LedgerExecutorTest {

  private final TestLedger ledger = new TestLedger();

  @Test
  void executesAndKeepsTheReceipt() {
    var transfer = ledger.transfer(ALICE, BOB, 10, 1);

    var executed = ledger.run(START + 1, transfer);

    assertThat(texts(executed)).containsExactly("OK");
    assertThat(ledger.balance(ALICE)).isEqualTo(990);
    assertThat(ledger.balance(BOB)).isEqualTo(510);
    var receipt = ledger.reader().receipt(transfer.id()).orElseThrow();
    assertThat(executed.results()).containsExactly(new TransactionResult.Executed(receipt));
    assertThat(receipt.events()).hasSize(1);
  }

  @Test
  @DisplayName("L5, X1: entries of batches execute in their order; a repeated one is a duplicate")
  void executesWhatItsBatchesCarry() {
    var first = ledger.transfer(ALICE, BOB, 10, 1);
    var second = ledger.transfer(BOB, CAROL, 505, 2);
    var block = ledger.next(START + 1, List.of(first));

    var executed = ledger.run(new OrderedBlock(block, List.of(second, first, second, first)));

    assertThat(texts(executed))
        .containsExactly(
            "INSUFFICIENT_BALANCE",
            "OK",
            "DUPLICATE ALREADY_EXECUTED 1/0",
            "DUPLICATE ALREADY_EXECUTED 1/1");
    assertThat(executed.ordered().entries()).hasSize(4);
    assertThat(ledger.reader().receipt(second.id())).isPresent();
    assertThat(ledger.reader().block(block.height())).contains(block);
    assertThat(ledger.reader().header(block.height())).contains(block.header());
    assertThat(ledger.reader().lastHeader()).contains(block.header());
  }

  @Test
  void saysThatAStoredBlockIsDamagedIfItIsCutOff() {
    var ledger = new TestLedger();
    var height = ledger.run(START + 1).block().height();
    var row = LedgerRows.height(height);
    var cut = ledger.store.get(Table.BLOCK, row).orElseThrow().slice(0, 100);
    ledger.store.commit(new WriteSet(List.of(new WriteSet.Write.Put(Table.BLOCK, row, cut))));

    assertThatThrownBy(() -> ledger.reader().header(height)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  void undoesTheWritesOfAFailureButRemembersIt() {
    var transfer = ledger.transfer(ALICE, BOB, 1_001, 1);

    assertThat(texts(ledger.run(START + 1, transfer))).containsExactly("INSUFFICIENT_BALANCE");
    assertThat(ledger.balance(ALICE)).isEqualTo(1_000);
    assertThat(ledger.reader().receipt(transfer.id()).orElseThrow().ok()).isFalse();
    assertThat(texts(ledger.run(START + 2, transfer)))
        .containsExactly("DUPLICATE ALREADY_EXECUTED 1/0");
  }

  @Test
  @DisplayName("X1: the first execution wins, in one block and over blocks")
  void executesATransactionOnce() {
    var transfer = ledger.transfer(ALICE, BOB, 10, 1);

    assertThat(texts(ledger.run(START + 1, transfer, transfer)))
        .containsExactly("OK", "DUPLICATE ALREADY_EXECUTED 1/0");
    assertThat(texts(ledger.run(START + 2, transfer)))
        .containsExactly("DUPLICATE ALREADY_EXECUTED 1/0");
    assertThat(ledger.balance(BOB)).isEqualTo(510);
  }

  @Test
  @DisplayName("7.14: one idempotency key, one transaction")
  void refusesAnotherTransactionUnderAKeyInUse() {
    var first = ledger.transfer(ALICE, BOB, 10, 1);
    var second = sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 11), 1, START + 90_000));

    assertThat(texts(ledger.run(START + 1, first, second)))
        .containsExactly("OK", "DUPLICATE KEY_REUSED 1/0");
    assertThat(texts(ledger.run(START + 2, second))).containsExactly("DUPLICATE KEY_REUSED 1/0");
    assertThat(ledger.reader().receipt(second.id())).isEmpty();
  }

  @Test
  void isVoidForEachFaultAndLeavesNoTrace() {
    var body = ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 7, START + 60_000);
    var good = sign(body);
    var undecodable = SignedTransaction.sign(body, TestKeys.signer("alice")).body().slice(0, 40);
    var before = ledger.run(START + 1).statement().stateRoot();

    var executed =
        ledger.run(
            START + 2,
            new SignedTransaction(undecodable, 1, good.publicKey(), good.signature()),
            sign(with(body, new LedgerId(Bytes.fromHex("00".repeat(32))), body.application())),
            sign(with(body, body.ledger(), "other")),
            new SignedTransaction(good.body(), 2, good.publicKey(), good.signature()),
            new SignedTransaction(good.body(), 1, good.publicKey(), TestKeys.junk()),
            SignedTransaction.sign(body, TestKeys.signer("bob")),
            sign(ledger.body(new AccountId("nobody"), Bytes.EMPTY, 1, START + 60_000)),
            sign(ledger.body(ALICE, body.payload(), 7, START + 600_003)),
            sign(requiring(body, good, START + 59_999)),
            sign(requiring(body, good, START + 60_000)),
            sign(ledger.body(ALICE, body.payload(), 7, START + 2)));

    assertThat(texts(executed))
        .containsExactly(
            "VOID MALFORMED_TRANSACTION",
            "VOID WRONG_LEDGER",
            "VOID UNKNOWN_APPLICATION",
            "VOID SUITE_NOT_ALLOWED",
            "VOID BAD_SIGNATURE",
            "VOID KEY_NOT_AUTHORISED",
            "VOID KEY_NOT_AUTHORISED",
            "VOID TOO_EARLY",
            "VOID REQUIREMENT_EXPIRES_FIRST",
            "VOID REQUIRES_NOT_MET",
            "VOID EXPIRED");
    assertThat(executed.statement().stateRoot()).isEqualTo(before);
    assertThat(executed.delta().changes()).isEmpty();
    assertThat(ledger.reader().receipt(good.id())).isEmpty();
    // A junk copy that is ordered first does not burn the victim's id.
    assertThat(texts(ledger.run(START + 3, good))).containsExactly("OK");
  }

  @Test
  @DisplayName("X11: where validators attest, signatures count as valid, keys still have to fit")
  void reliesOnWhatWasAttested() {
    var attested = new TestLedger(LedgerParameters.DEFAULT.withVerification(Verification.ATTESTED));
    var body = attested.body(ALICE, Assets.transfer(GOLD, BOB, 1), 7, START + 60_000);
    var good = sign(body);
    assertThat(
            texts(
                attested.run(
                    START + 1,
                    SignedTransaction.sign(body, TestKeys.signer("bob")),
                    new SignedTransaction(good.body(), 1, good.publicKey(), TestKeys.junk()))))
        .containsExactly("VOID KEY_NOT_AUTHORISED", "OK");
  }

  @Test
  void takesTheLastMomentsOfValidity() {
    assertThat(
            texts(
                ledger.run(
                    START + 1,
                    sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 1, START + 600_001)),
                    sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 2, START + 2)))))
        .containsExactly("OK", "OK");
  }

  @Test
  @DisplayName("7.13: the first fault in the order of the rule is the one reported")
  void reportsTheFirstOfSeveralFaults() {
    var body = ledger.body(ALICE, Bytes.EMPTY, 1, START + 1);
    var junk = new SignedTransaction(body.encoded(), 1, TestKeys.key("bob"), TestKeys.junk());
    var unmet = ledger.transfer(BOB, ALICE, 1, 3);
    var unmetAndExpired = sign(requiring(body, unmet, START + 60_000));

    assertThat(texts(ledger.run(START + 1, junk, unmetAndExpired, sign(body))))
        .containsExactly("VOID BAD_SIGNATURE", "VOID REQUIRES_NOT_MET", "VOID EXPIRED");
  }

  @Test
  @DisplayName("7.17: requires")
  void executesOnlyAfterWhatItRequiresSucceeded() {
    var first = ledger.transfer(BOB, CAROL, 500, 1);
    var failing = ledger.transfer(BOB, CAROL, 1, 2);
    var body = ledger.body(CAROL, Assets.transfer(GOLD, ALICE, 500), 3, START + 50_000);
    var second = sign(requiring(body, first, START + 60_000));
    var never =
        sign(
            requiring(
                ledger.body(CAROL, Assets.transfer(GOLD, ALICE, 1), 4, START + 50_000),
                failing,
                START + 60_000));

    assertThat(texts(ledger.run(START + 1, second, first, second, failing, never)))
        .containsExactly(
            "VOID REQUIRES_NOT_MET", "OK", "OK", "INSUFFICIENT_BALANCE", "REQUIRES_FAILED");
    assertThat(texts(ledger.run(START + 2, never)))
        .containsExactly("DUPLICATE ALREADY_EXECUTED 1/4");
  }

  @Test
  @DisplayName("7.15: DEDUPE_FULL, but a duplicate needs no room")
  void isVoidWhileTheDedupeSetIsFull() {
    var full = new TestLedger(new LedgerParameters(1 << 20, 600_000, 2, 1, 5_000));
    var first = full.transfer(ALICE, BOB, 1, 1);
    var third = sign(full.body(ALICE, Assets.transfer(GOLD, BOB, 1), 3, START + 200_000));
    var expired = sign(full.body(ALICE, Assets.transfer(GOLD, BOB, 1), 4, START + 1));

    assertThat(texts(full.run(START + 1, first, full.transfer(ALICE, BOB, 1, 2), third)))
        .containsExactly("OK", "OK", "VOID DEDUPE_FULL");
    assertThat(texts(full.run(START + 2, first, expired)))
        .containsExactly("DUPLICATE ALREADY_EXECUTED 1/0", "VOID DEDUPE_FULL");
    assertThat(texts(full.run(START + 70_000, third))).containsExactly("OK");
  }

  private static TransactionBody with(TransactionBody body, LedgerId id, String application) {
    return new TransactionBody(
        id, application, body.payload(), body.sender(), body.validUntil(), body.salt(), List.of());
  }
}
