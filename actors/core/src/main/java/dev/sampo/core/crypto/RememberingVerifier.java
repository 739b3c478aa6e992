package dev.sampo.core.crypto;

import dev.sampo.core.cache.LruCache;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;

/**
 * Remembers the votes it found valid, so that a certificate costs nothing for signatures that were
 * seen as single votes or in another certificate (protocol 2.2). Thread-safe and bounded.
 */
public final class RememberingVerifier implements SignatureVerifier {

  private enum Valid {
    YES
  }

  private final SignatureVerifier verifier;
  private final LruCache<Hash, Valid> validVotes;

  /** Remembers {@code votesMax} votes in about 90 bytes each. */
  public RememberingVerifier(SignatureVerifier verifier, int votesMax) {
    this.verifier = verifier;
    this.validVotes = new LruCache<>(votesMax);
  }

  /** Not remembered: whoever executes transactions keeps their verdicts. */
  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    return verifier.verifyTransaction(key, digest, signature);
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    // Of fixed lengths all, so that no two questions are one string.
    var question =
        Sha256.start().update(key.value()).update(digest).update(signature.value()).finish();
    if (validVotes.get(question).isPresent()) {
      return true;
    }
    boolean valid = verifier.verifyVote(key, digest, signature);
    if (valid) {
      validVotes.put(question, Valid.YES);
    }
    return valid;
  }
}
