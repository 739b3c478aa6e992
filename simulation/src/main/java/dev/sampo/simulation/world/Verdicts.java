package dev.sampo.simulation.world;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.TransactionVerdicts;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerId;
import java.util.LinkedHashMap;

/** Remembers which transactions have valid signatures; keyed by their complete bytes (7.13). */
final class Verdicts implements TransactionVerdicts {

  private final LedgerId ledger;
  private final SignatureVerifier suite;
  private final LinkedHashMap<SignedTransaction, Boolean> known = new LinkedHashMap<>();

  Verdicts(LedgerId ledger, SignatureVerifier suite) {
    this.ledger = ledger;
    this.suite = suite;
  }

  @Override
  public boolean hasValidSignature(SignedTransaction transaction) {
    return known.computeIfAbsent(transaction, this::check);
  }

  private boolean check(SignedTransaction transaction) {
    var digest = SignedTransaction.signingDigest(ledger, transaction.body());
    return transaction.suite() == SignedTransaction.ED25519
        && suite.verifyTransaction(transaction.publicKey(), digest, transaction.signature());
  }
}
