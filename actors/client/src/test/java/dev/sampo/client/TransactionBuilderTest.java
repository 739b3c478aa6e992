package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionBuilderTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("5a".repeat(32));
  private static final AssetId COIN = new AssetId("coin");
  private static final AccountId BOB = new AccountId("bob");

  private final KeyFile alice = KeyFile.generate("alice", new SecureRandom());
  private final TransactionBuilder builder = TransactionBuilder.of(LEDGER, alice);

  private static TransactionBody body(SignedTransaction transaction) throws Malformed {
    return TransactionBody.decode(transaction.body());
  }

  @Test
  void signsWhatAnyoneCanVerify() throws Malformed {
    var transfer = builder.transfer(COIN, BOB, 5);
    var decoded = SignedTransaction.decode(transfer.encoded());
    assertThat(decoded.id()).isEqualTo(transfer.id());
    assertThat(body(transfer).sender()).isEqualTo(alice.account());
    assertThat(
            new Ed25519Suite()
                .verifyTransaction(
                    transfer.publicKey(),
                    SignedTransaction.signingDigest(LEDGER, transfer.body()),
                    transfer.signature()))
        .isTrue();
  }

  @Test
  void givesEachTransactionASaltOfItsOwn() {
    assertThat(builder.transfer(COIN, BOB, 5).id())
        .isNotEqualTo(builder.transfer(COIN, BOB, 5).id());
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameSaltAndOthersAnother() throws Malformed {
    var one = body(builder.withIdempotencyKey("invoice 17").transfer(COIN, BOB, 5));
    var again = body(builder.withIdempotencyKey("invoice 17").transfer(COIN, BOB, 6));
    var other = body(builder.withIdempotencyKey("invoice 18").transfer(COIN, BOB, 5));
    assertThat(one.dedupeKey()).isEqualTo(again.dedupeKey()).isNotEqualTo(other.dedupeKey());
    // SHA-256("invoice 17"), so that other languages can do the same.
    assertThat(one.salt().hex()).isEqualTo(SALT_OF_INVOICE_17);
  }

  private static final String SALT_OF_INVOICE_17 = "a8d0bc34fc78e2280a081a953c94363b";

  @Test
  void endsItsValidityAsAsked() throws Malformed {
    long before = System.currentTimeMillis();
    var body = body(builder.withValidity(Duration.ofSeconds(30)).transfer(COIN, BOB, 5));
    assertThat(body.validUntil().millis())
        .isBetween(before + 30_000, System.currentTimeMillis() + 30_000);
  }

  @Test
  void canRequireThatAnotherOneSucceeded() throws Malformed {
    var first = builder.transfer(COIN, BOB, 5);
    var second = body(builder.withRequired(first, body(first)).transfer(COIN, BOB, 6));
    assertThat(second.requires().getFirst().id()).isEqualTo(first.id());
    assertThat(second.requires().getFirst().validUntil()).isEqualTo(body(first).validUntil());
  }
}
