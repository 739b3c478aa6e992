package dev.sampo.core.execution;

import dev.sampo.core.transaction.SignedTransaction;
import java.util.List;
import java.util.Optional;

/**
 * Decides signatures of client transactions (X4); equal on every node for ever. A cache of verdicts
 * is keyed by the complete bytes of the transaction, not by its id (7.13).
 */
@FunctionalInterface
public interface TransactionVerdicts {

  boolean hasValidSignature(SignedTransaction transaction);

  /** The place of the first transaction whose signature is not valid, if any. */
  default Optional<Integer> firstInvalid(List<SignedTransaction> transactions) {
    for (int i = 0; i < transactions.size(); i++) {
      if (!hasValidSignature(transactions.get(i))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
