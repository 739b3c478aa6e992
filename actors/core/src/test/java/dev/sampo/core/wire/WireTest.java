package dev.sampo.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.2: the canonical encoding")
final class WireTest {

  @Test
  void integersAreBigEndian() {
    var encoded =
        WireWriter.encode(
            out -> out.u8(0x01).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0fL).bool(true));

    assertThat(encoded.hex()).isEqualTo("0102030405060708090a0b0c0d0e0f01");
  }

  @Test
  void readsWhatWasWritten() throws Malformed {
    var hash = Hash.fromHex("ab".repeat(32));
    var encoded =
        WireWriter.encode(
            out -> {
              out.u8(255).u16(65_535).u32(Integer.MAX_VALUE).u64(Long.MAX_VALUE).bool(false);
              out.hash(hash).bytes(Bytes.fromHex("cafe")).text("päivää 𐍈");
              out.list(List.of(1, 2, 3), (element, w) -> w.u8(element));
            });

    List<Object> read =
        WireReader.decode(
            encoded,
            in ->
                List.of(
                    in.u8(),
                    in.u16(),
                    in.u32(),
                    in.u64(),
                    in.bool(),
                    in.hash(),
                    in.bytes(2),
                    in.text(14),
                    in.list(3, WireReader::u8)));

    assertThat(read)
        .containsExactly(
            255,
            65_535,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            false,
            hash,
            Bytes.fromHex("cafe"),
            "päivää 𐍈",
            List.of(1, 2, 3));
  }

  @Test
  void refusesWhatEndsEarlyAtEveryLength() {
    var encoded =
        WireWriter.encode(out -> out.u16(1).u32(2).u64(3).bytes(Bytes.fromHex("04")).text("5"));
    for (int length = 0; length < encoded.length(); length++) {
      var truncated = encoded.slice(0, length);
      assertMalformed(
          truncated, in -> List.of(in.u16(), in.u32(), in.u64(), in.bytes(9), in.text(9)));
    }
  }

  @Test
  void refusesBytesThatFollow() {
    assertMalformed(Bytes.fromHex("0100"), WireReader::u8);
  }

  @Test
  void refusesNumbersAboveTheirBounds() {
    assertMalformed(Bytes.fromHex("80000000"), WireReader::u32);
    assertMalformed(Bytes.fromHex("ffffffff"), WireReader::u32);
    assertMalformed(Bytes.fromHex("8000000000000000"), WireReader::u64);
    assertMalformed(Bytes.fromHex("ffffffffffffffff"), WireReader::u64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "80", "ff"})
  void aBooleanIsZeroOrOne(String hex) {
    assertMalformed(Bytes.fromHex(hex), WireReader::bool);
  }

  @Test
  void refusesLengthsAboveTheBoundAlsoIfTheBytesAreThere() {
    assertMalformed(Bytes.fromHex("00000003010203"), in -> in.bytes(2));
    assertMalformed(Bytes.fromHex("00000003616263"), in -> in.text(2));
    assertMalformed(Bytes.fromHex("00000003010203"), in -> in.list(2, WireReader::u8));
  }

  @Test
  void refusesLengthsThatWouldBeNegative() {
    assertMalformed(Bytes.fromHex("ffffffff00"), in -> in.bytes(Integer.MAX_VALUE));
    assertMalformed(Bytes.fromHex("80000000"), in -> in.list(Integer.MAX_VALUE, WireReader::u8));
    assertMalformed(Bytes.fromHex("00"), in -> in.fixed(-1));
  }

  @Test
  void reservesNothingForBytesThatAreNotThere() {
    // 2^31-1 bytes or elements would not fit the memory of the test.
    assertMalformed(Bytes.fromHex("7fffffff00"), in -> in.bytes(Integer.MAX_VALUE));
    assertMalformed(Bytes.fromHex("7fffffff00"), in -> in.text(Integer.MAX_VALUE));
    assertMalformed(Bytes.fromHex("7fffffff00"), in -> in.list(Integer.MAX_VALUE, WireReader::u8));
    assertMalformed(Bytes.fromHex("00"), in -> in.fixed(Integer.MAX_VALUE));
  }

  @Test
  void stopsAtTheFirstElementThatIsNotThere() {
    var read = new ArrayList<Integer>();
    var tenThousandClaimed = new byte[4 + 10_000];
    tenThousandClaimed[2] = 0x27;
    tenThousandClaimed[3] = 0x10;

    assertMalformed(
        Bytes.owning(tenThousandClaimed),
        in ->
            in.list(
                10_000,
                each -> {
                  read.add(each.u32());
                  return each.u32();
                }));
    assertThat(read).hasSize(10_000 / 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080", // U+0000 in two bytes
        "c1bf", // U+007F in two bytes
        "e09fbf", // U+07FF in three bytes
        "f08fbfbf", // U+FFFF in four bytes
        "eda080", // half of a surrogate pair
        "edb080", // the other half
        "f4908080", // above U+10FFFF
        "80", // continues nothing
        "c3", // not continued
        "ff"
      })
  void textIsShortestFormUtf8(String hex) {
    var bytes = Bytes.fromHex(hex);
    assertMalformed(WireWriter.encode(out -> out.bytes(bytes)), in -> in.text(100));
  }

  @Test
  void aValueStaysWithinItsBytes() throws Malformed {
    var encoded = Bytes.fromHex("0102");

    assertMalformed(encoded, in -> in.within(1, WireReader::u16));
    int sum = WireReader.decode(encoded, in -> in.within(1, WireReader::u8) + in.u8());
    assertThat(sum).isEqualTo(3);
  }

  @Test
  void boundsOfValuesThemselvesAreMalformedToo() {
    assertMalformed(
        Bytes.EMPTY,
        in -> {
          throw new IllegalArgumentException("out of bounds");
        });
    assertMalformed(Bytes.EMPTY, in -> Math.addExact(Integer.MAX_VALUE, 1));
  }

  @Test
  void refusesToWriteWhatHasNoEncoding() {
    assertNotEncodable(out -> out.u8(256));
    assertNotEncodable(out -> out.u8(-1));
    assertNotEncodable(out -> out.u16(65_536));
    assertNotEncodable(out -> out.u32(-1));
    assertNotEncodable(out -> out.u64(-1));
    assertNotEncodable(out -> out.text("\ud800"));
    assertNotEncodable(out -> out.text("a\udc00b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 100_000})
  void lengthDoesNotDependOnWhatWasExpected(int length) {
    var ones = Collections.nCopies(length, 1);
    for (int expected : new int[] {0, 1, length, 2 * length}) {
      var encoded = WireWriter.encode(expected, out -> ones.forEach(out::u8));
      assertThat(encoded.hex()).isEqualTo("01".repeat(length));
    }
  }

  @Test
  void aKeptWriterCannotChangeWhatItWrote() {
    var kept = new ArrayList<WireWriter>();
    var encoded =
        WireWriter.encode(
            1,
            out -> {
              kept.add(out);
              out.u8(1);
            });
    kept.getFirst().u8(2);

    assertThat(encoded.hex()).isEqualTo("01");
  }

  @Test
  void encodingsWithinEncodingsDoNotMix() {
    var encoded =
        WireWriter.encode(
            out ->
                out.u8(1)
                    .bytes(WireWriter.encode(inner -> inner.u8(2).text("a".repeat(600))))
                    .u8(3));

    var expected = "01" + "0000025d" + "02" + "00000258" + "61".repeat(600) + "03";
    assertThat(encoded.hex()).isEqualTo(expected);
  }

  private static void assertMalformed(Bytes encoded, WireReader.Decoder<?> decoder) {
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> WireReader.decode(encoded, decoder));
  }

  private static void assertNotEncodable(Consumer<WireWriter> content) {
    assertThatThrownBy(() -> WireWriter.encode(content))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a start may be read of what is longer, not of what is shorter")
  void readsAStart() throws Malformed {
    assertThat(WireReader.decodeStart(Bytes.fromHex("0102ff"), WireReader::u16)).isEqualTo(0x0102);
    assertThatThrownBy(() -> WireReader.decodeStart(Bytes.fromHex("01"), WireReader::u16))
        .isInstanceOf(Malformed.class);
  }
}
