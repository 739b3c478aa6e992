package dev.sampo.testkit.ledger;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import java.util.List;

/** What a ledger under test starts with, for one application. */
public interface LedgerStart {

  /** What the application's {@code initLedger} is given; it gets nothing unless overridden. */
  default Bytes state(List<TestAccount> accounts) {
    return Bytes.owning(new byte[0]);
  }

  /** By which account transactions name their sender; that of its key unless overridden. */
  default AccountId sender(TestAccount account) {
    return account.ofKey();
  }
}
