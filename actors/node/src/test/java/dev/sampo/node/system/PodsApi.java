package dev.sampo.node.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Lists pods as a Kubernetes API server does (core/v1, PodList), over TLS and to whoever has the
 * token, at the address that the environment of the tests names.
 */
final class PodsApi implements AutoCloseable {

  private static final String HOST = "SAMPO_TEST_KUBERNETES_HOST";
  private static final String PORT = "SAMPO_TEST_KUBERNETES_PORT";
  private static final String TOKEN = "a token of this test";
  private static final char[] PASSWORD = "test".toCharArray();

  /** A pod whose container calls a port {@code cluster}. */
  record Pod(String phase, String address, int port) {

    private String json() {
      return """
      {"metadata": {}, "spec": {"containers": [{"name": "sampo", "ports":
        [{"name": "api", "containerPort": 8080}, {"name": "cluster", "containerPort": %d}]}]},
       "status": {"podIP": "%s", "phase": "%s"}}
      """
          .formatted(port, address, phase);
    }
  }

  private final Path folder;
  private final HttpsServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile List<Pod> pods = List.of();

  /** Writes what a pod finds in its file system to the folder. */
  PodsApi(Path folder) throws IOException, GeneralSecurityException, OperatorCreationException {
    this.folder = folder;
    var port = Integer.parseInt(System.getenv(PORT));
    server = HttpsServer.create(new InetSocketAddress(System.getenv(HOST), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(folder.resolve("token"), TOKEN);
    Files.writeString(folder.resolve("namespace"), "of-the-own-pod");
  }

  /** What differs from a pod for who asks. */
  Map<String, String> settings() {
    var method = "pekko.discovery.kubernetes-api.";
    return Map.of(
        method + "api-service-host-env-name", HOST,
        method + "api-service-port-env-name", PORT,
        method + "api-ca-path", folder.resolve("ca.crt").toString(),
        method + "api-token-path", folder.resolve("token").toString(),
        method + "pod-namespace-path", folder.resolve("namespace").toString());
  }

  void tell(Pod... known) {
    pods = List.of(known);
  }

  /** What was asked for by whoever had the token: paths with their queries. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      asked.add(exchange.getRequestURI().toString());
      var items = String.join(",", pods.stream().map(Pod::json).toList());
      var body = ("{\"items\": [" + items + "]}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private SSLContext tls() throws IOException, GeneralSecurityException, OperatorCreationException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    var certificate = certificate(pair);
    Files.writeString(folder.resolve("ca.crt"), pem(certificate));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("api", pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static X509Certificate certificate(KeyPair pair)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var name = new X500Name("CN=api");
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            name,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, System.getenv(HOST))));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
