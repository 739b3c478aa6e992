package dev.sampo.core.execution;

import dev.sampo.core.transaction.SignedTransaction;

/**
 * Decides signatures of client transactions (X4); equal on every node for ever. A cache of verdicts
 * is keyed by the complete bytes of the transaction, not by its id (7.13).
 */
@FunctionalInterface
public interface TransactionVerdicts {

  boolean hasValidSignature(SignedTransaction transaction);
}
