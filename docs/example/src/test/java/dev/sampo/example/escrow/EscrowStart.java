package dev.sampo.example.escrow;

import dev.sampo.core.types.Bytes;
import dev.sampo.testkit.ledger.LedgerStart;
import dev.sampo.testkit.ledger.TestAccount;
import java.util.List;

/** Every account of a test starts with the same balance. */
final class EscrowStart implements LedgerStart {

  @Override
  public Bytes state(List<TestAccount> accounts) {
    return EscrowApplication.startOf(accounts.stream().map(TestAccount::ofKey).toList());
  }
}
