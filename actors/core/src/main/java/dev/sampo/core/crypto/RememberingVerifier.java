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

  /** All that a verdict depends on, compared in full. */
  private record Question(PublicKey key, Hash digest, Signature signature)
      implements Comparable<Question> {

    @Override
    public int compareTo(Question other) {
      int bySignature = signature.compareTo(other.signature);
      int byDigest = bySignature != 0 ? bySignature : digest.compareTo(other.digest);
      return byDigest != 0 ? byDigest : key.compareTo(other.key);
    }
  }

  private final SignatureVerifier verifier;
  private final LruCache<Question, Valid> validVotes;

  /** Remembers {@code votesMax} votes of about 400 bytes. */
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
    var question = new Question(key, digest, signature);
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
