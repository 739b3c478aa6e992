package dev.sampo.core.crypto;

import dev.sampo.core.spare.Spares;
import dev.sampo.core.types.PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A provider of the Java Cryptography Architecture that checks the cofactorless equation of RFC
 * 8032, 5.1.7. Under a key of prime order all that it accepts is valid; what it refuses is for
 * {@link Ed25519Suite} to decide (X4). Thread-safe.
 */
public final class CofactorlessEd25519 {

  /** What stands before the 32 bytes of a key in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Spares<Signature> checks;
  private final KeyFactory keys;

  private CofactorlessEd25519(ProviderEd25519 provider) {
    this.checks = new Spares<>(provider::signature);
    this.keys = provider.keys();
  }

  /** Nothing if {@code provider} does not offer Ed25519. */
  public static Optional<CofactorlessEd25519> of(Provider provider) {
    return ProviderEd25519.of(provider).map(CofactorlessEd25519::new);
  }

  /** The key in the form that {@link #accepts} wants; nothing if the platform refuses it. */
  Optional<java.security.PublicKey> prepare(PublicKey key) {
    var encoded = new byte[KEY_PREFIX.length + PublicKey.LENGTH];
    System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
    System.arraycopy(key.value().toByteArray(), 0, encoded, KEY_PREFIX.length, PublicKey.LENGTH);
    try {
      return Optional.of(keys.generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException refused) {
      return Optional.empty();
    }
  }

  /** False says nothing about the signature. */
  boolean accepts(java.security.PublicKey key, byte[] digest, byte[] signature) {
    try {
      var check = checks.take();
      check.initVerify(key);
      check.update(digest);
      boolean accepted = check.verify(signature);
      checks.giveBack(check);
      return accepted;
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }
}
