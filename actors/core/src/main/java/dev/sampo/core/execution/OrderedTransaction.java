package dev.sampo.core.execution;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;

/**
 * A transaction at its place in the ledger, with a valid signature of a key that may sign for its
 * sender.
 */
public record OrderedTransaction(
    TransactionId id, TransactionBody body, PublicKey key, BlockContext block, int index) {

  public AccountId sender() {
    return body.sender();
  }

  /** What the application is asked to do, in its own encoding. */
  public Bytes payload() {
    return body.payload();
  }
}
