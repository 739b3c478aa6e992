package dev.sampo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.testing.FlatJson;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("X4: verdicts on Ed25519 signatures")
final class Ed25519SuiteTest {

  private final Ed25519Suite suite = new Ed25519Suite();

  static Stream<Map<String, String>> verdictTable() {
    return FlatJson.read("ed25519-verdicts.json").stream();
  }

  @ParameterizedTest
  @MethodSource("verdictTable")
  void verdictIsThatOfTheTable(Map<String, String> row) {
    var key = PublicKey.fromHex(row.get("publicKey"));
    var digest = Hash.fromHex(row.get("message"));
    var signature = Signature.fromHex(row.get("signature"));

    assertThat(suite.verifyTransaction(key, digest, signature))
        .as("%s as a transaction: %s", row.get("name"), row.get("why"))
        .isEqualTo(row.get("transaction").equals("valid"));
    assertThat(suite.verifyVote(key, digest, signature))
        .as("%s as a vote: %s", row.get("name"), row.get("why"))
        .isEqualTo(row.get("vote").equals("valid"));
  }

  @Test
  void tableHasThePublishedCasesAndBothVerdictsOfEachRule() {
    var table = verdictTable().toList();

    assertThat(table).hasSizeGreaterThan(40);
    assertThat(table.stream().filter(row -> row.get("name").startsWith("speccheck"))).hasSize(12);
    assertThat(table.stream().map(row -> row.get("transaction") + "/" + row.get("vote")))
        .contains("valid/valid", "valid/invalid", "invalid/invalid");
  }

  @Test
  void refusesEveryPairOfKeyAndNonceOfSmallOrder() {
    for (var key : smallOrderEncodings()) {
      for (var nonce : smallOrderEncodings()) {
        var forged = ForgedSignature.ofSmallOrder(key, nonce);
        assertThat(isValidTransaction(forged)).as("A %s R %s", key, nonce).isFalse();
        assertThat(isValidVote(forged)).as("A %s R %s", key, nonce).isFalse();
      }
    }
  }

  @Test
  void onlyPureKeysAreValidAndOnlyPureNoncesInVotes() {
    var torsion = EdwardsPoint.torsion();
    for (int inKey = 0; inKey < 8; inKey++) {
      for (int inNonce = 0; inNonce < 8; inNonce++) {
        var forged = ForgedSignature.withTorsion(torsion.get(inKey), torsion.get(inNonce));
        assertThat(isValidTransaction(forged)).isEqualTo(inKey == 0);
        assertThat(isValidVote(forged)).isEqualTo(inKey == 0 && inNonce == 0);
      }
    }
  }

  @Test
  void refusesEveryKeyAndNonceThatIsNotCanonical() {
    var honest = ForgedSignature.withTorsion(EdwardsPoint.NEUTRAL, EdwardsPoint.NEUTRAL);
    for (var encoding : encodingsNotCanonical()) {
      var key = new PublicKey(encoding);
      assertThat(suite.verifyTransaction(key, honest.digest(), honest.signature())).isFalse();
      assertThat(isValidTransaction(ForgedSignature.withSmallNonce(encoding))).isFalse();
      assertThat(isValidVote(ForgedSignature.withSmallNonce(encoding))).isFalse();
      assertThat(Ed25519.validatePublicKeyFull(encoding.toByteArray(), 0)).isFalse();
    }
  }

  @Test
  void refusesWhenAnyBitOfKeyDigestOrSignatureIsFlipped() {
    var signer = Ed25519Signer.fromSeed(Hash.ZERO.value());
    var digest = Sha256.hash(Bytes.EMPTY);
    var signature = signer.sign(digest);
    for (int bit = 0; bit < 256; bit += 7) {
      var otherKey = new PublicKey(flipped(signer.publicKey().value(), bit));
      var otherDigest = Hash.of(flipped(digest.value(), bit));
      var otherNonce = new Signature(flipped(signature.value(), bit));
      var otherScalar = new Signature(flipped(signature.value(), 256 + bit));

      assertThat(suite.verifyVote(otherKey, digest, signature)).isFalse();
      assertThat(suite.verifyVote(signer.publicKey(), otherDigest, signature)).isFalse();
      assertThat(suite.verifyTransaction(signer.publicKey(), digest, otherNonce)).isFalse();
      assertThat(suite.verifyTransaction(signer.publicKey(), digest, otherScalar)).isFalse();
    }
  }

  @Test
  void verdictsDoNotDependOnWhatIsRemembered() {
    var forgetful = new Ed25519Suite(1, Optional.empty());
    var signers = Stream.of("11", "22", "33").map(Ed25519SuiteTest::signer).toList();
    var bad = ForgedSignature.withTorsion(EdwardsPoint.torsion().get(3), EdwardsPoint.NEUTRAL);
    for (int round = 0; round < 3; round++) {
      for (var signer : signers) {
        var digest = Sha256.hash(signer.publicKey().value());
        assertThat(forgetful.verifyTransaction(signer.publicKey(), digest, signer.sign(digest)))
            .isTrue();
        assertThat(forgetful.verifyTransaction(bad.key(), bad.digest(), bad.signature())).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5,"
        + "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"
  })
  @DisplayName("RFC 8032 section 7.1: the key pairs")
  void derivesThePublicKeyOfTheStandard(String seed, String publicKey) {
    assertThat(Ed25519Signer.fromSeed(Bytes.fromHex(seed)).publicKey().hex()).isEqualTo(publicKey);
  }

  @Test
  void signsExactlyAsThePlatformDoes() throws GeneralSecurityException {
    var factory = KeyFactory.getInstance("Ed25519");
    for (var seed : List.of("00", "5a", "ff")) {
      var signer = signer(seed);
      var digest = Sha256.hash(Bytes.fromHex(seed));
      var platform = java.security.Signature.getInstance("Ed25519");
      platform.initSign(
          factory.generatePrivate(
              new EdECPrivateKeySpec(
                  NamedParameterSpec.ED25519, Bytes.fromHex(seed.repeat(32)).toByteArray())));
      platform.update(digest.value().toByteArray());

      var signature = signer.sign(digest);

      assertThat(signature.value()).isEqualTo(Bytes.copyOf(platform.sign()));
      assertThat(suite.verifyVote(signer.publicKey(), digest, signature)).isTrue();
      assertThat(suite.verifyTransaction(signer.publicKey(), digest, signature)).isTrue();
    }
  }

  @Test
  void signerNeverShowsItsSecret() {
    assertThat(signer("a7").toString()).doesNotContain("a7a7a7");
    assertThatThrownBy(() -> Ed25519Signer.fromSeed(Bytes.fromHex("a7a7a7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a7a7a7");
  }

  private boolean isValidTransaction(ForgedSignature forged) {
    return suite.verifyTransaction(forged.key(), forged.digest(), forged.signature());
  }

  private boolean isValidVote(ForgedSignature forged) {
    return suite.verifyVote(forged.key(), forged.digest(), forged.signature());
  }

  private static Ed25519Signer signer(String octet) {
    return Ed25519Signer.fromSeed(Bytes.fromHex(octet.repeat(32)));
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    var octets = bytes.toByteArray();
    octets[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.owning(octets);
  }

  /** The eight points of small order in their eight canonical and six other encodings. */
  private static List<Bytes> smallOrderEncodings() {
    var encodings = new ArrayList<Bytes>();
    EdwardsPoint.torsion().forEach(point -> encodings.add(point.encoded()));
    var minusOne = EdwardsPoint.P.subtract(BigInteger.ONE);
    var onePlusP = EdwardsPoint.P.add(BigInteger.ONE);
    encodings.add(EdwardsPoint.encode(BigInteger.ONE, true));
    encodings.add(EdwardsPoint.encode(minusOne, true));
    encodings.add(EdwardsPoint.encode(EdwardsPoint.P, false));
    encodings.add(EdwardsPoint.encode(EdwardsPoint.P, true));
    encodings.add(EdwardsPoint.encode(onePlusP, false));
    encodings.add(EdwardsPoint.encode(onePlusP, true));
    assertThat(encodings).doesNotHaveDuplicates().hasSize(14);
    return encodings;
  }

  /**
   * Every y from p to 2^255 - 1, with either sign, and the two with x = 0 and the sign of an odd x.
   */
  private static List<Bytes> encodingsNotCanonical() {
    var encodings = new ArrayList<Bytes>();
    for (int i = 0; i < 19; i++) {
      var y = EdwardsPoint.P.add(BigInteger.valueOf(i));
      encodings.add(EdwardsPoint.encode(y, false));
      encodings.add(EdwardsPoint.encode(y, true));
    }
    encodings.add(EdwardsPoint.encode(BigInteger.ONE, true));
    encodings.add(EdwardsPoint.encode(EdwardsPoint.P.subtract(BigInteger.ONE), true));
    return encodings;
  }
}
