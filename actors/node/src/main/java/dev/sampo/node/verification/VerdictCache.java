package dev.sampo.node.verification;

import dev.sampo.core.cache.LruCache;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.TransactionVerdicts;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;

/**
 * Verdicts on client signatures, computed once and kept by the hash of the complete signed bytes,
 * never by transaction id: another signature under the same id is another question (7.13).
 */
public final class VerdictCache implements TransactionVerdicts {

  private static final int CAPACITY = 1 << 15;

  private final LedgerId ledger;
  private final SignatureVerifier verifier;
  private final LruCache<Hash, Boolean> verdicts = new LruCache<>(CAPACITY);

  public VerdictCache(LedgerId ledger, SignatureVerifier verifier) {
    this.ledger = ledger;
    this.verifier = verifier;
  }

  /** Two threads may compute the same verdict at once; it is the same. */
  @Override
  public boolean hasValidSignature(SignedTransaction transaction) {
    var key = transaction.contentHash();
    var known = verdicts.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    boolean valid = check(transaction);
    verdicts.put(key, valid);
    return valid;
  }

  /**
   * For execution, which asks last: what it was told is forgotten, so that it does not grow old.
   */
  public TransactionVerdicts ofExecution() {
    return transaction ->
        verdicts.remove(transaction.contentHash()).orElseGet(() -> check(transaction));
  }

  private boolean check(SignedTransaction transaction) {
    return transaction.suite() == SignedTransaction.ED25519
        && verifier.verifyTransaction(
            transaction.publicKey(),
            SignedTransaction.signingDigest(ledger, transaction.body()),
            transaction.signature());
  }
}
