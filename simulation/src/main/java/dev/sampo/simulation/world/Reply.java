package dev.sampo.simulation.world;

import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.LedgerTime;

/** What a visitor hears of a transaction that it handed in. */
public sealed interface Reply {

  /** It stands in the ledger, whether it succeeded or not. */
  record Executed(Receipt receipt, LedgerTime blockTime) implements Reply {}

  /** It is not taken, or can never be executed any more; the code says why. */
  record Refused(String code) implements Reply {}

  /** Nobody told anything in time. */
  record Silence() implements Reply {}
}
