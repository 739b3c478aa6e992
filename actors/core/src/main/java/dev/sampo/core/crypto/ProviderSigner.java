package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Signs with Ed25519 through a provider of the Java Cryptography Architecture. RFC 8032 leaves no
 * choice: the signatures are those of {@link Ed25519Signer}. Thread-safe.
 */
public final class ProviderSigner implements Signer {

  /** What stands before the 32 bytes of a seed in a PrivateKeyInfo (RFC 8410). */
  private static final byte[] SEED_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final ProviderEd25519 provider;
  private final PrivateKey secret;
  private final PublicKey publicKey;

  private ProviderSigner(ProviderEd25519 provider, PrivateKey secret, PublicKey publicKey) {
    this.provider = provider;
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** The signer of the key pair of {@code seed}; nothing if the provider cannot sign with it. */
  public static Optional<ProviderSigner> of(Provider provider, Bytes seed) {
    return ProviderEd25519.of(provider).flatMap(offered -> of(offered, seed));
  }

  private static Optional<ProviderSigner> of(ProviderEd25519 provider, Bytes seed) {
    var encoded = new byte[SEED_PREFIX.length + Ed25519Signer.SEED_LENGTH];
    System.arraycopy(SEED_PREFIX, 0, encoded, 0, SEED_PREFIX.length);
    var publicKey = Ed25519Signer.fromSeed(seed).publicKey();
    seed.copyTo(encoded, SEED_PREFIX.length);
    try {
      var secret = provider.keys().generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return Optional.of(new ProviderSigner(provider, secret, publicKey));
    } catch (GeneralSecurityException refused) {
      return Optional.empty();
    }
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Signature sign(Hash digest) {
    try {
      var signing = provider.signature();
      signing.initSign(secret);
      signing.update(digest.toByteArray());
      return new Signature(Bytes.owning(signing.sign()));
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(provider.provider() + " cannot sign any more", failed);
    }
  }

  @Override
  public String toString() {
    return "ProviderSigner[" + publicKey + "]";
  }
}
