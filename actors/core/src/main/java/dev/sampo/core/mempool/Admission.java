package dev.sampo.core.mempool;

import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.TransactionId;

/** What a mempool makes of a transaction. */
public sealed interface Admission {

  /** It waits to be ordered. */
  record Admitted(TransactionId id) implements Admission {}

  /** It does not wait here. */
  record Refused(RejectionCode code) implements Admission {}
}
