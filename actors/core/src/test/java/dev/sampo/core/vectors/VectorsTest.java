package dev.sampo.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.testing.FlatJson;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.2: the published test vectors")
final class VectorsTest {

  /** Vectors up to this length are tried with every octet at every place, longer ones with some. */
  private static final int EXHAUSTIVE_LENGTH_MAX = 300;

  static Stream<Map<String, String>> published() {
    return Arrays.stream(Encoding.values())
        .map(Encoding::file)
        .distinct()
        .flatMap(file -> FlatJson.read(file).stream());
  }

  static Stream<Vector> vectors() {
    return published().map(Vector::of);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genesis.json",
        "charters.json",
        "transactions.json",
        "blocks.json",
        "votes.json",
        "batches.json",
        "messages.json"
      })
  void publishedFileIsWhatTheCodeWrites(String file) throws Malformed {
    // After a deliberate change: run WriteVectors with the directory of the files.
    assertThat(FlatJson.text(file)).isEqualTo(WriteVectors.texts().get(file));
  }

  @ParameterizedTest
  @MethodSource("published")
  void decodesAndEncodesToTheSame(Map<String, String> fields) throws Malformed {
    var vector = Vector.of(fields);

    assertThat(vector.encoding().reencode(vector.encoded())).isEqualTo(vector.encoded());
    assertThat(fields).containsAllEntriesOf(vector.encoding().hashes(vector.encoded()));
  }

  @Test
  void everyTypeAndEveryMessageHasAVector() {
    assertThat(vectors().map(Vector::encoding)).contains(Encoding.values());
    var messages = new TreeSet<String>();
    vectors()
        .filter(vector -> vector.encoding() == Encoding.ENVELOPE)
        .forEach(vector -> messages.add(messageOf(vector).getClass().getSimpleName()));
    assertThat(messages).hasSize(21);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @Tag("fault-66")
  void anyTruncationIsRefusedOrCanonical(Vector vector) {
    for (int length = 0; length < vector.encoded().length(); length++) {
      requireRefusedOrCanonical(vector.encoding(), vector.encoded().slice(0, length));
    }
    requireRefusedOrCanonical(vector.encoding(), extended(vector.encoded()));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @Tag("fault-66")
  void anyChangeOfOneOctetIsRefusedOrCanonical(Vector vector) {
    var octets = vector.encoded().toByteArray();
    for (int place = 0; place < octets.length; place++) {
      byte original = octets[place];
      for (int value : valuesToTry(original, octets.length)) {
        octets[place] = (byte) value;
        requireRefusedOrCanonical(vector.encoding(), Bytes.copyOf(octets));
      }
      octets[place] = original;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @Tag("fault-66")
  void garbageIsRefusedOrCanonical(long seed) {
    var random = new SplittableRandom(seed);
    var vectors = vectors().toList();
    for (int round = 0; round < 5_000; round++) {
      var vector = vectors.get(random.nextInt(vectors.size()));
      var garbage = garbage(random, vector.encoded(), vectors);
      try {
        requireRefusedOrCanonical(vector.encoding(), garbage);
      } catch (RuntimeException escaped) {
        throw new AssertionError("replay with seed " + seed + ", round " + round, escaped);
      }
    }
  }

  private static Bytes garbage(SplittableRandom random, Bytes like, List<Vector> others) {
    return switch (random.nextInt(3)) {
      case 0 -> randomBytes(random, random.nextInt(400));
      case 1 -> {
        // The start is right, so that deeper decoders are reached.
        int kept = random.nextInt(like.length() + 1);
        yield concatenation(like.slice(0, kept), randomBytes(random, random.nextInt(200)));
      }
      default -> {
        var other = others.get(random.nextInt(others.size())).encoded();
        yield concatenation(
            like.slice(0, random.nextInt(like.length() + 1)),
            other.slice(random.nextInt(other.length() + 1), other.length()));
      }
    };
  }

  private static Bytes randomBytes(SplittableRandom random, int length) {
    var octets = new byte[length];
    random.nextBytes(octets);
    return Bytes.owning(octets);
  }

  private static Bytes concatenation(Bytes head, Bytes tail) {
    var both = new byte[head.length() + tail.length()];
    head.copyTo(both, 0);
    tail.copyTo(both, head.length());
    return Bytes.owning(both);
  }

  private static int[] valuesToTry(byte original, int length) {
    int octet = original & 0xff;
    if (length <= EXHAUSTIVE_LENGTH_MAX) {
      return IntStream.range(0, 256).filter(v -> v != octet).toArray();
    }
    return new int[] {
      octet ^ 0x01, octet ^ 0x80, octet ^ 0xff, octet + 1, octet - 1, 0x00, 0x01, 0x7f, 0x80, 0xff
    };
  }

  private static Bytes extended(Bytes bytes) {
    return concatenation(bytes, Bytes.fromHex("00"));
  }

  /** Malformed is the only way out other than a value that has exactly this encoding. */
  private static void requireRefusedOrCanonical(Encoding encoding, Bytes encoded) {
    Optional<Bytes> again;
    try {
      again = Optional.of(encoding.reencode(encoded));
    } catch (Malformed refused) {
      again = Optional.empty();
    }
    if (again.isPresent() && !again.get().equals(encoded)) {
      throw new AssertionError(encoding + " accepts a second encoding: " + encoded.hex());
    }
  }

  private static PeerMessage messageOf(Vector vector) {
    return switch (PeerMessageCodec.decode(vector.encoded())) {
      case Decoded.Ok(Envelope envelope) -> envelope.message();
      case Decoded.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
