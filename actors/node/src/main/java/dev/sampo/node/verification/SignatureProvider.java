package dev.sampo.node.verification;

import dev.sampo.core.crypto.CofactorlessEd25519;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.ProviderSigner;
import dev.sampo.core.crypto.RememberingVerifier;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Bytes;
import java.security.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what checks and makes signatures: a native library where there is one for this machine,
 * and pure Java in any case. The verdicts are the same (X4).
 */
public final class SignatureProvider {

  private static final Logger LOG = LoggerFactory.getLogger(SignatureProvider.class);

  private SignatureProvider() {}

  /** The suite with the quickest provider that works here. */
  public static Ed25519Suite suite() {
    var provider = NativeProvider.found();
    LOG.info(
        "signatures are checked by {}",
        provider.map(Provider::getInfo).orElse("Bouncy Castle alone (no native provider here)"));
    return new Ed25519Suite(
        Ed25519Suite.CLIENT_KEYS_DEFAULT, provider.flatMap(CofactorlessEd25519::of));
  }

  /** The same, which remembers valid votes (2.2): a certificate that comes again costs little. */
  public static RememberingVerifier remembering(int votesMax) {
    return new RememberingVerifier(suite(), votesMax);
  }

  /** What checks and makes signatures here: the name of a provider. */
  public static String name() {
    return NativeProvider.found().map(Provider::getName).orElse("BouncyCastle");
  }

  /** The signer of the key pair of {@code seed}. */
  public static Signer signer(Bytes seed) {
    return NativeProvider.found()
        .flatMap(provider -> ProviderSigner.of(provider, seed))
        .<Signer>map(signer -> signer)
        .orElseGet(() -> Ed25519Signer.fromSeed(seed));
  }
}
