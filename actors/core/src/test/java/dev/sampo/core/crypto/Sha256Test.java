package dev.sampo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Sha256Test {

  @ParameterizedTest
  @CsvSource({
    "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void hashesAsFips180Says(String text, String expected) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);

    assertThat(Sha256.hash(bytes).hex()).isEqualTo(expected);
    assertThat(Sha256.hash(Bytes.copyOf(bytes)).hex()).isEqualTo(expected);
  }

  @Test
  void partsAreHashedAsTheirConcatenation() {
    var whole = Sha256.hash(Bytes.fromHex("000102" + "03".repeat(32)));
    var parts =
        Sha256.start()
            .update(0)
            .update(Bytes.fromHex("01"))
            .update(new byte[] {2})
            .update(Hash.of(Bytes.fromHex("03".repeat(32))));

    assertThat(parts.finish()).isEqualTo(whole);
  }

  @Test
  void hashesOfManyThreadsDoNotMix() {
    var hashes =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(i -> Sha256.hash(new byte[] {(byte) i}))
            .distinct()
            .count();

    assertThat(hashes).isEqualTo(256);
  }

  @Test
  void hashesThatAreUnderWayTogetherDoNotMix() {
    var outer = Sha256.start().update(1);
    var inner = Sha256.start().update(2).finish();

    assertThat(outer.update(3).finish()).isEqualTo(Sha256.hash(new byte[] {1, 3}));
    assertThat(inner).isEqualTo(Sha256.hash(new byte[] {2}));
  }

  @Test
  void aFinishedHashTakesNothingMore() {
    var hash = Sha256.start().update(1);
    hash.finish();

    assertThatIllegalStateException().isThrownBy(() -> hash.update(2));
    assertThatIllegalStateException().isThrownBy(hash::finish);
  }

  @Test
  void signedDigestsDifferInKindLedgerEpochAndBody() {
    var ledger = new LedgerId(Bytes.fromHex("11".repeat(32)));
    var body = Bytes.fromHex("22");
    var digest = SigningDomain.digest(1, ledger, Epoch.ZERO, body);

    // SHA-256("sampo/v1" || 01 || 11*32 || 0^8 || 22), the formula of protocol 2.2.
    assertThat(digest)
        .isEqualTo(
            Sha256.hash(
                Bytes.fromHex(
                    "73616d706f2f7631" + "01" + "11".repeat(32) + "00".repeat(8) + "22")));
    assertThat(SigningDomain.digest(2, ledger, Epoch.ZERO, body)).isNotEqualTo(digest);
    assertThat(SigningDomain.digest(1, ledger, Epoch.of(1), body)).isNotEqualTo(digest);
    assertThat(SigningDomain.digest(1, new LedgerId(Hash.ZERO.value()), Epoch.ZERO, body))
        .isNotEqualTo(digest);
    assertThat(SigningDomain.identifier(Purpose.HOME, body))
        .isEqualTo(Sha256.hash(Bytes.fromHex("73616d706f2f76312f" + "686f6d65" + "00" + "22")));
  }
}
