package dev.sampo.node.gateway;

import dev.sampo.core.transaction.TransactionId;

/** What the ledger says to a submitted transaction, before any block orders it. */
public sealed interface SubmitOutcome {

  /** The transaction waits in the mempool. */
  record Accepted(TransactionId id) implements SubmitOutcome {}

  /**
   * The transaction was not taken and not forwarded.
   *
   * @param code the name of a {@code RejectionCode}, a code of the application, or {@code
   *     NOT_READY}
   * @param message what exactly was wrong, without secrets; may repeat the code's meaning
   */
  record Rejected(String code, String message) implements SubmitOutcome {}
}
