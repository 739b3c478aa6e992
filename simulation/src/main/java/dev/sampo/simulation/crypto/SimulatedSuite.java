package dev.sampo.simulation.crypto;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;

/**
 * Signatures for a simulated world: a mix of key, digest and a secret of the world. Cheap, and as
 * unforgeable as Ed25519 for all who only sign through their own {@link Signer}. What is signed is
 * still the digest that the shipped code computes.
 */
public final class SimulatedSuite implements SignatureVerifier {

  private static final int WORDS = 8;

  private final long secret;

  public SimulatedSuite(long secret) {
    this.secret = secret;
  }

  public Signer signer(PublicKey key) {
    return new Signer() {
      @Override
      public PublicKey publicKey() {
        return key;
      }

      @Override
      public Signature sign(Hash digest) {
        return new Signature(compute(key, digest));
      }
    };
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    return compute(key, digest).equals(signature.value());
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    return compute(key, digest).equals(signature.value());
  }

  private Bytes compute(PublicKey key, Hash digest) {
    long state = absorb(absorb(secret, key.value()), digest.value());
    var bytes = new byte[WORDS * Long.BYTES];
    for (int word = 0; word < WORDS; word++) {
      state = mix(state + 0x9e3779b97f4a7c15L);
      for (int octet = 0; octet < Long.BYTES; octet++) {
        bytes[word * Long.BYTES + octet] = (byte) (state >>> 8 * octet);
      }
    }
    return Bytes.owning(bytes);
  }

  private static long absorb(long start, Bytes bytes) {
    long state = start;
    for (int i = 0; i < bytes.length(); i += Long.BYTES) {
      long word = 0;
      for (int j = i; j < Math.min(bytes.length(), i + Long.BYTES); j++) {
        word = word << 8 | bytes.at(j);
      }
      state = mix(state ^ word);
    }
    return state;
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
