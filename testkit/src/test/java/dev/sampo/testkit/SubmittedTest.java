package dev.sampo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.Outcome;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.types.LedgerId;
import dev.sampo.testkit.ledger.TestAccount;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SubmittedTest {

  @Test
  void isPendingWhileNobodyCanTell() {
    assertThat(submitted(new CompletableFuture<>()).outcomeNow())
        .isInstanceOf(Outcome.Pending.class);
  }

  @Test
  void aSubmissionThatFailedIsNoOutcomeButAFaultWithItsCause() {
    var cause = new IOException("connection refused");

    assertThatThrownBy(() -> submitted(CompletableFuture.failedFuture(cause)).outcomeNow())
        .isInstanceOf(IllegalStateException.class)
        .hasCause(cause);
  }

  private static Submitted submitted(CompletableFuture<Outcome> outcome) {
    var alice = TestAccount.of("alice", 1);
    var transaction =
        TransactionBuilder.of(LedgerId.fromHex("ab".repeat(32)), alice.named(), alice.signer())
            .transfer(new AssetId("coin"), alice.named(), 1);
    return new Submitted(transaction, outcome);
  }
}
