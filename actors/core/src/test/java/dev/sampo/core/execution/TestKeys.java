package dev.sampo.core.execution;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.wire.WireWriter;

/**
 * Signatures that anybody can make, but that bind key and digest; cheap enough for many of them.
 */
public final class TestKeys implements SignatureVerifier {

  public static final TestKeys VERIFIER = new TestKeys();

  /** A key that is different for each name. */
  public static PublicKey key(String name) {
    return new PublicKey(Sha256.hash(WireWriter.encode(out -> out.text(name))).value());
  }

  public static Signer signer(String name) {
    var key = key(name);
    return new Signer() {
      @Override
      public PublicKey publicKey() {
        return key;
      }

      @Override
      public Signature sign(Hash digest) {
        return signature(key, digest);
      }
    };
  }

  static Signature signature(PublicKey key, Hash digest) {
    var half = Sha256.start().update(key.value()).update(digest).finish().value();
    return new Signature(WireWriter.encode(out -> out.fixed(half).fixed(half)));
  }

  /** A signature that is never valid. */
  static Signature junk() {
    return new Signature(Bytes.copyOf(new byte[Signature.LENGTH]));
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    return signature.equals(signature(key, digest));
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    return signature.equals(signature(key, digest));
  }
}
