package dev.sampo.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("X6: what the state says of a bucket of the dedupe set")
class DedupeBucketTest {

  private static final String A = "aa".repeat(32);
  private static final String B = "bb".repeat(32);
  private static final String C = "cc".repeat(32);

  @Test
  void isTheChainOfItsDefinition() {
    var one = DedupeBucket.EMPTY.with(entries(Map.of(A, "01")));
    var three = one.with(entries(Map.of(C, "0303", B, "02")));

    String first = sha256("13" + "00".repeat(32) + sha256("00" + A + "01"));
    String root = sha256("01" + sha256("00" + B + "02") + sha256("00" + C + "0303"));
    assertThat(one).isEqualTo(new DedupeBucket(Hash.fromHex(first), 1));
    assertThat(three).isEqualTo(new DedupeBucket(Hash.fromHex(sha256("13" + first + root)), 3));
  }

  @Test
  void anythingElseThatWasAddedGivesAnotherChain() {
    var before = DedupeBucket.EMPTY.with(entries(Map.of(A, "01")));
    var together = before.with(entries(Map.of(B, "02", C, "03")));

    assertThat(together)
        .as("in two blocks")
        .isNotEqualTo(before.with(entries(Map.of(B, "02"))).with(entries(Map.of(C, "03"))));
    assertThat(together)
        .as("an entry with another key")
        .isNotEqualTo(before.with(entries(Map.of(A, "02", C, "03"))));
    assertThat(together)
        .as("a key with another entry")
        .isNotEqualTo(before.with(entries(Map.of(B, "03", C, "03"))));
    assertThat(together.chain())
        .as("after other entries")
        .isNotEqualTo(DedupeBucket.EMPTY.with(entries(Map.of(B, "02", C, "03"))).chain());
  }

  @Test
  void isReadAsItWasWritten() throws Malformed {
    var bucket = DedupeBucket.EMPTY.with(entries(Map.of(A, "01", B, "02")));

    assertThat(DedupeBucket.decode(bucket.encoded())).isEqualTo(bucket);
    assertThatThrownBy(() -> DedupeBucket.decode(Bytes.fromHex("00".repeat(41))))
        .isInstanceOf(Malformed.class);
  }

  private static NavigableMap<Hash, Bytes> entries(Map<String, String> byKey) {
    var entries = new TreeMap<Hash, Bytes>();
    byKey.forEach((key, entry) -> entries.put(Hash.fromHex(key), Bytes.fromHex(entry)));
    return entries;
  }

  private static String sha256(String hex) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(HexFormat.of().parseHex(hex)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
