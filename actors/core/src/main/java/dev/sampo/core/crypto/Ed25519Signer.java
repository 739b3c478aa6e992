package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signs with an Ed25519 private key (RFC 8032). Thread-safe; never prints its secret. */
public final class Ed25519Signer implements Signer {

  /** Length in bytes of the seed that a private key is. */
  public static final int SEED_LENGTH = 32;

  private final byte[] seed;
  private final byte[] encodedPublicKey;
  private final PublicKey publicKey;

  private Ed25519Signer(byte[] seed) {
    this.seed = seed;
    this.encodedPublicKey = new byte[PublicKey.LENGTH];
    Ed25519.generatePublicKey(seed, 0, encodedPublicKey, 0);
    this.publicKey = new PublicKey(Bytes.copyOf(encodedPublicKey));
  }

  /** The signer of the key pair that the 32 bytes of {@code seed} define; they must be random. */
  public static Ed25519Signer fromSeed(Bytes seed) {
    if (seed.length() != SEED_LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes, got " + seed.length());
    }
    return new Ed25519Signer(seed.toByteArray());
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Signature sign(Hash digest) {
    var signature = new byte[Signature.LENGTH];
    Ed25519.sign(seed, 0, encodedPublicKey, 0, digest.toByteArray(), 0, Hash.LENGTH, signature, 0);
    return new Signature(Bytes.owning(signature));
  }

  @Override
  public String toString() {
    return "Ed25519Signer[" + publicKey + "]";
  }
}
