package dev.sampo.core.crypto;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;

/**
 * Decides whether a signature is valid; its verdicts are consensus rules (protocol 2.23 X4).
 * Thread-safe.
 */
public interface SignatureVerifier {

  /** The rule for client transactions: cofactored equation, key canonical and of prime order. */
  boolean verifyTransaction(PublicKey key, Hash digest, Signature signature);

  /**
   * The strict rule for votes, proposals, attestations and certificates: R is of prime order too.
   */
  boolean verifyVote(PublicKey key, Hash digest, Signature signature);
}
