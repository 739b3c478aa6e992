package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * TLS 1.3 between validators: each side proves that it holds the Ed25519 key of a validator (fault
 * 85). Certificates only carry the key; names, issuers and dates in them mean nothing.
 */
public final class PeerTls {

  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };
  private static final X500Name NAME = new X500Name("CN=sampo validator");
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2000-01-01T00:00:00Z"));
  private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

  private final PublicKey publicKey;
  private final KeyManagerFactory keys;

  private PeerTls(PublicKey publicKey, KeyManagerFactory keys) {
    this.publicKey = publicKey;
    this.keys = keys;
  }

  /**
   * The identity of the validator with this key; throws {@link IllegalArgumentException} if the
   * seed (32 bytes, RFC 8032) is not that of the key.
   */
  public static PeerTls of(Bytes seed, PublicKey publicKey) {
    try {
      var privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.toByteArray()));
      var certificate = selfSigned(publicKey, privateKey);
      certificate.verify(certificate.getPublicKey());
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("validator", privateKey, new char[0], new X509Certificate[] {certificate});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return new PeerTls(publicKey, keys);
    } catch (GeneralSecurityException | OperatorCreationException | IOException mismatch) {
      throw new IllegalArgumentException("the seed is not that of key " + publicKey, mismatch);
    }
  }

  private static X509Certificate selfSigned(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException, OperatorCreationException {
    var holder =
        new X509v3CertificateBuilder(
                NAME,
                BigInteger.ONE,
                NOT_BEFORE,
                NOT_AFTER,
                NAME,
                new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                    publicKey.value().toByteArray()))
            .build(new JcaContentSignerBuilder("Ed25519").build(privateKey));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** A context for connections to those whose key {@code isTrusted}. */
  SSLContext trusting(Predicate<PublicKey> isTrusted) {
    try {
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {new PinnedKeyTrust(isTrusted)}, null);
      return context;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java platform lacks TLS 1.3", missing);
    }
  }

  static SSLEngine dialling(SSLContext context) {
    var engine = restricted(context);
    engine.setUseClientMode(true);
    return engine;
  }

  static SSLEngine accepting(SSLContext context) {
    var engine = restricted(context);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** Names no host: a session is never resumed, so that every connection proves the key again. */
  private static SSLEngine restricted(SSLContext context) {
    var engine = context.createSSLEngine();
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setEnabledCipherSuites(CIPHER_SUITES);
    return engine;
  }

  /** The key that the other side of {@code session} has proved to hold. */
  static PublicKey peerKey(SSLSession session) throws SSLPeerUnverifiedException {
    return PinnedKeyTrust.keyOf(session.getPeerCertificates())
        .orElseThrow(() -> new SSLPeerUnverifiedException("no Ed25519 certificate"));
  }
}
