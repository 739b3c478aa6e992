package dev.sampo.core.transaction;

/**
 * Why the ledger or a mempool does not carry out a transaction; the codes of an application are its
 * own. The names are stable: they appear in receipts, in APIs and in the error catalogue.
 *
 * <p>{@link #MALFORMED_TRANSACTION} to {@link #EXPIRED} are the VOID codes of rule 7.13 in the
 * order in which they are looked for; a void transaction has no receipt and no effect, and the same
 * signed bytes may still be executed later.
 */
public enum RejectionCode {
  /** VOID: the body is not the canonical encoding of a transaction. Never succeeds. */
  MALFORMED_TRANSACTION,
  /** VOID: signed for another ledger. Never succeeds here. */
  WRONG_LEDGER,
  /** VOID: names an application that this ledger does not run. Never succeeds here. */
  UNKNOWN_APPLICATION,
  /** VOID: the signature suite is not allowed on this ledger. Sign anew. */
  SUITE_NOT_ALLOWED,
  /** VOID: the signature does not verify. Sign anew. */
  BAD_SIGNATURE,
  /** VOID: the key may not sign for the sender. May succeed once it may. */
  KEY_NOT_AUTHORISED,
  /** VOID: valid for longer than the ledger allows ahead of block time. Succeeds later. */
  TOO_EARLY,
  /** VOID: outlives a transaction that it requires (7.17). Never succeeds. */
  REQUIREMENT_EXPIRES_FIRST,
  /** VOID: a required transaction has not been executed yet (7.17). Succeeds after it. */
  REQUIRES_NOT_MET,
  /** VOID: the ledger holds as many live transaction ids as it may (7.15). Succeeds later. */
  DEDUPE_FULL,
  /** VOID: block time has reached validUntil. Never succeeds; final once a block says so. */
  EXPIRED,

  /** EXECUTED with an error: a required transaction was executed with an error (7.17). Final. */
  REQUIRES_FAILED,
  /** EXECUTED with an error: the application threw or broke a limit of its state. Final. */
  APPLICATION_FAILED,

  /** DUPLICATE: this very transaction was executed; its first receipt stands. */
  ALREADY_EXECUTED,
  /** DUPLICATE: another transaction of the sender with this salt is live or pending (7.14). */
  KEY_REUSED,

  /** Mempool: larger than a transaction, or a block's transactions, may be. Never succeeds. */
  TOO_LARGE,
  /** Mempool: this very transaction is waiting here already; watch it by its id. */
  ALREADY_PENDING,
  /** Mempool: the sender has as many transactions or bytes waiting as one may. Retry later. */
  SENDER_LIMIT,
  /** Mempool: as many transactions or bytes wait as may. Retry later. */
  MEMPOOL_FULL,
  /** Mempool: execution is too far behind the order for anything new (EX7). Retry later. */
  BACKLOG_LIMIT
}
