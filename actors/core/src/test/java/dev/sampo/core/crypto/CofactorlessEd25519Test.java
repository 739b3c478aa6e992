package dev.sampo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.sampo.core.testing.FlatJson;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
@DisplayName("X4: no provider changes a verdict")
final class CofactorlessEd25519Test {

  private static final int RANDOM_CASES = 300;

  private final Ed25519Suite reference = new Ed25519Suite();

  private static final String OWN_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

  /**
   * The platform's own everywhere, the native one where it loads, with others' keys and its own.
   */
  static Stream<Provider> providers() {
    var amazon = AmazonCorrettoCryptoProvider.INSTANCE;
    return Stream.concat(
        Stream.of(Security.getProvider("SunEC")),
        amazon.getLoadingError() == null ? Stream.of(amazon, withOwnKeys()) : Stream.empty());
  }

  private static Provider withOwnKeys() {
    System.setProperty(OWN_KEYS, "true");
    try {
      return new AmazonCorrettoCryptoProvider();
    } finally {
      System.clearProperty(OWN_KEYS);
    }
  }

  private static Ed25519Suite suite(Provider provider) {
    return new Ed25519Suite(
        Ed25519Suite.CLIENT_KEYS_DEFAULT,
        Optional.of(CofactorlessEd25519.of(provider).orElseThrow()));
  }

  @Test
  void nativeProviderLoadsWhereItsLibraryIsMadeFor() {
    boolean isItsMachine =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");

    assertThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null)
        .isEqualTo(isItsMachine);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void keysAreInTheFormOfTheProviderThatHasOne(Provider provider) {
    var key = Ed25519Signer.fromSeed(Bytes.fromHex("5a".repeat(32))).publicKey();
    var prepared = CofactorlessEd25519.of(provider).orElseThrow().prepare(key).orElseThrow();

    boolean hasKeys = provider.getService("KeyFactory", "Ed25519") != null;

    assertThat(prepared.getClass().getName())
        .startsWith(hasKeys ? provider.getClass().getPackageName() : "sun.security.ec");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void verdictsAreThoseOfTheTable(Provider provider) {
    var suite = suite(provider);
    for (var row : FlatJson.read("ed25519-verdicts.json")) {
      var key = PublicKey.fromHex(row.get("publicKey"));
      var digest = Hash.fromHex(row.get("message"));
      var signature = Signature.fromHex(row.get("signature"));

      assertThat(suite.verifyTransaction(key, digest, signature))
          .as("%s as a transaction", row.get("name"))
          .isEqualTo(row.get("transaction").equals("valid"));
      assertThat(suite.verifyVote(key, digest, signature))
          .as("%s as a vote", row.get("name"))
          .isEqualTo(row.get("vote").equals("valid"));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void pointsOfSmallOrderInKeyAndNonceChangeNothing(Provider provider) {
    var suite = suite(provider);
    for (var inKey : EdwardsPoint.torsion()) {
      for (var inNonce : EdwardsPoint.torsion()) {
        assertSameVerdicts(suite, ForgedSignature.withTorsion(inKey, inNonce));
        assertSameVerdicts(suite, ForgedSignature.ofSmallOrder(inKey.encoded(), inNonce.encoded()));
        assertSameVerdicts(suite, ForgedSignature.withSmallNonce(inNonce.encoded()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void scalarsThatAreNotReducedChangeNothing(Provider provider) {
    var suite = suite(provider);
    var honest = ForgedSignature.withTorsion(EdwardsPoint.NEUTRAL, EdwardsPoint.NEUTRAL);

    assertThat(suite.verifyVote(honest.key(), honest.digest(), honest.signature())).isTrue();
    assertSameVerdicts(suite, honest.withScalarRaisedBy(EdwardsPoint.L));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anySignatureWithOneBitFlippedIsRefused(Provider provider) {
    var suite = suite(provider);
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < RANDOM_CASES; i++) {
      var secret = new byte[Ed25519Signer.SEED_LENGTH];
      random.nextBytes(secret);
      var signer = Ed25519Signer.fromSeed(Bytes.owning(secret));
      var digest = Sha256.hash(signer.publicKey().value());
      var signature = signer.sign(digest);
      var flipped = signature.value().toByteArray();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      var other = new Signature(Bytes.owning(flipped));

      assertThat(suite.verifyVote(signer.publicKey(), digest, signature)).as("%d", seed).isTrue();
      assertThat(suite.verifyTransaction(signer.publicKey(), digest, other))
          .as("new SplittableRandom(%dL), case %d", seed, i)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void signsExactlyAsTheReference(Provider provider) {
    for (var seed : List.of("00", "5a", "ff")) {
      var secret = Bytes.fromHex(seed.repeat(Ed25519Signer.SEED_LENGTH));
      var expected = Ed25519Signer.fromSeed(secret);
      var signer = ProviderSigner.of(provider, secret).orElseThrow();
      var digest = Sha256.hash(secret);

      assertThat(signer.publicKey()).isEqualTo(expected.publicKey());
      assertThat(signer.sign(digest)).isEqualTo(expected.sign(digest));
      assertThat(signer.toString()).doesNotContain(secret.hex());
    }
  }

  private void assertSameVerdicts(Ed25519Suite suite, ForgedSignature forged) {
    assertThat(suite.verifyTransaction(forged.key(), forged.digest(), forged.signature()))
        .as("transaction: %s", forged)
        .isEqualTo(reference.verifyTransaction(forged.key(), forged.digest(), forged.signature()));
    assertThat(suite.verifyVote(forged.key(), forged.digest(), forged.signature()))
        .as("vote: %s", forged)
        .isEqualTo(reference.verifyVote(forged.key(), forged.digest(), forged.signature()));
  }
}
