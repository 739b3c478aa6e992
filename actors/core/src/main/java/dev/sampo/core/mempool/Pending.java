package dev.sampo.core.mempool;

import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;

/** A waiting transaction, decoded. */
record Pending(SignedTransaction transaction, TransactionBody body, Hash dedupeKey) {

  static Pending of(SignedTransaction transaction, TransactionBody body) {
    return new Pending(transaction, body, body.dedupeKey());
  }

  TransactionId id() {
    return transaction.id();
  }

  int length() {
    return transaction.encodedLength();
  }
}
