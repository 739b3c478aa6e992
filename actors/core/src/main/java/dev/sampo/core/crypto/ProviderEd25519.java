package dev.sampo.core.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * What a provider of the Java Cryptography Architecture has for Ed25519.
 *
 * @param keys makes keys in the provider's own form if it can: those of another one are translated
 *     for each signature, which for signing takes as long as the signature does
 */
record ProviderEd25519(Provider provider, KeyFactory keys) {

  private static final String ALGORITHM = "Ed25519";

  /** Nothing if {@code provider} neither makes nor checks such signatures. */
  static Optional<ProviderEd25519> of(Provider provider) {
    try {
      Signature.getInstance(ALGORITHM, provider);
      return Optional.of(new ProviderEd25519(provider, keysFor(provider)));
    } catch (GeneralSecurityException notOffered) {
      return Optional.empty();
    }
  }

  private static KeyFactory keysFor(Provider provider) throws NoSuchAlgorithmException {
    return provider.getService("KeyFactory", ALGORITHM) == null
        ? KeyFactory.getInstance(ALGORITHM)
        : KeyFactory.getInstance(ALGORITHM, provider);
  }

  /** One to make or check signatures, by one thread at a time. */
  Signature signature() {
    try {
      return Signature.getInstance(ALGORITHM, provider);
    } catch (NoSuchAlgorithmException gone) {
      throw new IllegalStateException(provider + " offers no signatures any more", gone);
    }
  }
}
