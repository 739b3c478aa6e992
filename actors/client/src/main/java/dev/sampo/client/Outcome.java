package dev.sampo.client;

import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/**
 * What is known of a transaction (7.13). A lack of answers is {@link Pending}, never a rejection.
 */
public sealed interface Outcome {

  TransactionId id();

  /**
   * It was executed successfully. Final.
   *
   * @param blockTime the ledger time of its block
   * @param proven the receipt was verified here against the validators' signatures
   */
  record Committed(Receipt receipt, LedgerTime blockTime, boolean proven) implements Outcome {
    @Override
    public TransactionId id() {
      return receipt.id();
    }
  }

  /**
   * It had no effect.
   *
   * @param error its {@code retryable} tells whether the same signed bytes may succeed later, its
   *     {@code safeToResubmit} whether a new transaction may take its place
   * @param message what exactly was wrong
   * @param receipt of a transaction that was executed with an error
   * @param proven there is a receipt, and it was verified here against the validators' signatures
   */
  record Rejected(
      TransactionId id,
      ErrorCatalogue.Entry error,
      String message,
      Optional<Receipt> receipt,
      boolean proven)
      implements Outcome {}

  /** Nobody can tell yet; watch it by its id, or send the same signed bytes again. */
  record Pending(TransactionId id) implements Outcome {}

  /** Whether it can never change any more. */
  default boolean isFinal() {
    return switch (this) {
      case Committed _ -> true;
      case Rejected rejected -> !rejected.error().retryable();
      case Pending _ -> false;
    };
  }
}
