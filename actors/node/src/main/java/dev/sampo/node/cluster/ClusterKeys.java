package dev.sampo.node.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The files that let a node into the cluster of its trust domain: one key (EC P-256) that all
 * members share, the certificate by which they know each other, and the password of both stores.
 */
public record ClusterKeys(Path keyStore, Path trustStore, String password) {

  private static final String KEY_STORE = "cluster-key.p12";
  private static final String TRUST_STORE = "cluster-trust.p12";
  private static final String PASSWORD = "cluster-password";
  private static final String ALIAS = "cluster";
  private static final X500Name NAME = new X500Name("CN=sampo cluster");
  private static final Duration VALIDITY = Duration.ofDays(3_650);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Creates the three files, which must not exist yet, readable by their owner only. */
  public static ClusterKeys create(Path directory) throws IOException {
    Files.createDirectories(directory);
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    var keys = inDirectory(directory, HexFormat.of().formatHex(random));
    try {
      var pair = keyPair();
      var certificate = selfSigned(pair);
      keys.store(
          keys.keyStore,
          store ->
              store.setKeyEntry(
                  ALIAS,
                  pair.getPrivate(),
                  keys.password.toCharArray(),
                  new X509Certificate[] {certificate}));
      keys.store(keys.trustStore, store -> store.setCertificateEntry(ALIAS, certificate));
    } catch (GeneralSecurityException | OperatorCreationException missing) {
      throw new IllegalStateException("this Java platform lacks P-256 or PKCS#12", missing);
    }
    try (var out = createOwnerOnly(directory.resolve(PASSWORD))) {
      out.write(keys.password.getBytes(StandardCharsets.US_ASCII));
    }
    return keys;
  }

  /** Opens what {@link #create} made; throws if a file is missing or others may read it. */
  public static ClusterKeys open(Path directory) throws IOException {
    var password = directory.resolve(PASSWORD);
    for (var name : new String[] {KEY_STORE, TRUST_STORE, PASSWORD}) {
      requireOwnerOnly(directory.resolve(name));
    }
    return inDirectory(directory, Files.readString(password).strip());
  }

  private static ClusterKeys inDirectory(Path directory, String password) {
    return new ClusterKeys(directory.resolve(KEY_STORE), directory.resolve(TRUST_STORE), password);
  }

  /** The values that {@code cluster.conf} asks for, by their paths. */
  public SortedMap<String, String> settings() {
    var settings = new TreeMap<String, String>();
    settings.put("sampo.cluster.key-store", keyStore.toAbsolutePath().toString());
    settings.put("sampo.cluster.trust-store", trustStore.toAbsolutePath().toString());
    settings.put("sampo.cluster.store-password", password);
    return settings;
  }

  /** For connections between members: each side proves that it holds the key of the cluster. */
  public SSLContext tls() throws IOException {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keyStore), password.toCharArray());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(trustStore));
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("the keys of the cluster cannot be used: " + unusable, unusable);
    }
  }

  private KeyStore load(Path file) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  @Override
  public String toString() {
    return "ClusterKeys[" + keyStore + ", " + trustStore + "]";
  }

  @FunctionalInterface
  private interface Entries {
    void addTo(KeyStore store) throws GeneralSecurityException;
  }

  private void store(Path file, Entries entries) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    entries.addTo(store);
    try (var out = createOwnerOnly(file)) {
      store.store(out, password.toCharArray());
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate selfSigned(KeyPair pair)
      throws GeneralSecurityException, OperatorCreationException {
    var now = Instant.now();
    var holder =
        new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALIDITY)),
                NAME,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static OutputStream createOwnerOnly(Path file) throws IOException {
    if (isPosix(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(file + " may be read by others; run: chmod 600 " + file);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
