package dev.sampo.node.verification;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;

/**
 * The provider of cryptography that brings a native library, where there is one for the machine.
 */
public final class NativeProvider {

  /** Without it the provider would not say that it has keys for Ed25519, but translate others'. */
  private static final String OWN_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

  private static final Optional<Provider> FOUND = find();

  private NativeProvider() {}

  /** Asked for by whoever wants it: it is not installed for the whole JVM. */
  public static Optional<Provider> found() {
    return FOUND;
  }

  private static Optional<Provider> find() {
    System.setProperty(OWN_KEYS, "true");
    var provider = AmazonCorrettoCryptoProvider.INSTANCE;
    return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
  }
}
