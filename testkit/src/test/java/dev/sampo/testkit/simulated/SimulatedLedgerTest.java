package dev.sampo.testkit.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.LedgerPlan;
import dev.sampo.testkit.ledger.TestAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SimulatedLedgerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  @Tag("fault-106")
  void equalSeedsGiveEqualEventsAndOtherSeedsOthers() {
    assertThat(run(1)).isEqualTo(run(1)).isNotEqualTo(run(2));
  }

  private static long run(long seed) {
    var accounts = List.of(TestAccount.of("alice", seed), TestAccount.of("bob", seed));
    var start = new LedgerPlan.Start(new CoinsForAll(), accounts);
    var plan = new LedgerPlan(4, List.of("a"), 1, Assets::new, start, List.of(), seed);
    try (var ledger = SimulatedLedger.start(plan)) {
      var outcome = ledger.submit(0, payment(ledger, accounts), PATIENCE);
      assertThat(ledger.runUntil(outcome::isDone, PATIENCE)).isTrue();
      ledger.apply(new Fault.Crash(1, Tail.LOST));
      ledger.clock().advance(Duration.ofSeconds(5));
      ledger.apply(new Fault.Restart(1));
      ledger.clock().advance(Duration.ofSeconds(5));
      return ledger.eventHash();
    }
  }

  private static SignedTransaction payment(SimulatedLedger ledger, List<TestAccount> accounts) {
    var body =
        new TransactionBody(
            ledger.genesis().ledgerId(),
            Assets.NAME,
            Assets.transfer(CoinsForAll.COIN, accounts.getLast().named(), 1),
            accounts.getFirst().named(),
            ledger.ledgerTime().plusMillis(60_000),
            Bytes.owning(new byte[TransactionBody.SALT_LENGTH]),
            List.of());
    return SignedTransaction.sign(body, accounts.getFirst().signer());
  }
}
