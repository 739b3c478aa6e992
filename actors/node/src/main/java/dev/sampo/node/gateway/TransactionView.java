package dev.sampo.node.gateway;

import dev.sampo.core.light.ReceiptProof;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/** What a node knows about a transaction (7.13). */
public sealed interface TransactionView {

  TransactionId id();

  /** This node has neither a receipt of it nor does it wait here; another node may know it. */
  record Unknown(TransactionId id) implements TransactionView {}

  /** It waits here, or is in a block that is not final or not executed yet, or was void there. */
  record Pending(TransactionId id) implements TransactionView {}

  /**
   * It was executed, with success or with an error of the application; both are final.
   *
   * @param blockTime the ledger time of its block
   * @param proof if asked for and its height is certified
   */
  record Executed(Receipt receipt, LedgerTime blockTime, Optional<ReceiptProof> proof)
      implements TransactionView {
    @Override
    public TransactionId id() {
      return receipt.id();
    }
  }

  /**
   * The block at {@code height} proves that it never will be executed: its time reached validUntil.
   */
  record Expired(TransactionId id, Height height) implements TransactionView {}

  /** Whether the view can never change any more, except that a proof may be added. */
  default boolean isDecided() {
    return switch (this) {
      case Unknown _, Pending _ -> false;
      case Executed _, Expired _ -> true;
    };
  }
}
