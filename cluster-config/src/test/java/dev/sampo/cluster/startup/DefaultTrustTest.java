package dev.sampo.cluster.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("tests that run a node in this JVM set the same property")
final class DefaultTrustTest {

  private static final String PROPERTY = "javax.net.ssl.trustStore";

  @BeforeEach
  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void publicAuthoritiesVouchForNobodyAtANode() throws GeneralSecurityException {
    assertThat(trusted()).isNotEmpty();

    DefaultTrust.nobody();

    assertThat(trusted()).isEmpty();
  }

  @Test
  void theOperatorsStoreIsLeftAlone() {
    System.setProperty(PROPERTY, "/etc/authorities.p12");

    DefaultTrust.nobody();

    assertThat(System.getProperty(PROPERTY)).isEqualTo("/etc/authorities.p12");
  }

  private static List<X509Certificate> trusted() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .toList();
  }
}
