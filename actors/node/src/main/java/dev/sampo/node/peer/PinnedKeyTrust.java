package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a certificate for its Ed25519 key alone; that the other side holds it, TLS itself checks.
 */
final class PinnedKeyTrust extends X509ExtendedTrustManager {

  /** RFC 8410: what precedes the 32 bytes of the key in a SubjectPublicKeyInfo. */
  private static final Bytes ED25519_PREFIX = Bytes.fromHex("302a300506032b6570032100");

  private final Predicate<PublicKey> isTrusted;

  PinnedKeyTrust(Predicate<PublicKey> isTrusted) {
    this.isTrusted = isTrusted;
  }

  /** The Ed25519 key of a chain of exactly one certificate. */
  static Optional<PublicKey> keyOf(Certificate[] chain) {
    if (chain.length != 1) {
      return Optional.empty();
    }
    var encoded = Bytes.copyOf(chain[0].getPublicKey().getEncoded());
    int prefix = ED25519_PREFIX.length();
    boolean isEd25519 =
        encoded.length() == prefix + PublicKey.LENGTH
            && encoded.slice(0, prefix).equals(ED25519_PREFIX);
    return isEd25519
        ? Optional.of(new PublicKey(encoded.slice(prefix, encoded.length())))
        : Optional.empty();
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (keyOf(chain).filter(isTrusted).isEmpty()) {
      throw new CertificateException("not the key of an expected validator");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
