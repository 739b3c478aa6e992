package dev.sampo.node.gateway;

import dev.sampo.core.transaction.TransactionId;

/** What a submission that was not refused came to. */
sealed interface Submitted {

  /** The ledger took it, and no more was asked for. */
  record Accepted(TransactionId id) implements Submitted {}

  /** As it was at the end of the wait, or when nobody waited any longer. */
  record Seen(TransactionView view) implements Submitted {}
}
