package dev.sampo.core.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BytesTest {

  private static final Bytes ABC = Bytes.fromHex("0a80ff");

  @Test
  void doNotChangeWithTheArraysTheyCameFromOrGave() {
    var source = new byte[] {1, 2, 3};
    var bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toByteArray()[1] = 9;

    assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
  }

  @Test
  void slicesLieWithinTheBytes() {
    assertThat(ABC.slice(1, 3)).isEqualTo(Bytes.fromHex("80ff"));
    assertThat(ABC.slice(3, 3)).isSameAs(Bytes.EMPTY);
    assertThatThrownBy(() -> ABC.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ABC.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void compareAsUnsignedOctets() {
    assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
    assertThat(Bytes.fromHex("80")).isLessThan(Bytes.fromHex("8000"));
    assertThat(Bytes.EMPTY).isLessThan(Bytes.fromHex("00"));
  }

  @Test
  void octetsAndBitsAreUnsignedAndMostSignificantFirst() {
    assertThat(ABC.at(2)).isEqualTo(255);
    assertThat(ABC.bit(8)).isTrue();
    assertThat(ABC.bit(9)).isFalse();
  }

  @Test
  void areLentWhole() {
    assertThat(ABC.<byte[], RuntimeException>lend(byte[]::clone)).containsExactly(0x0a, 0x80, 0xff);
  }

  @Test
  void hexIsStrict() {
    assertThat(ABC.hex()).isEqualTo("0a80ff");
    assertThatThrownBy(() -> Bytes.fromHex("0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bytes.fromHex("zz")).isInstanceOf(IllegalArgumentException.class);
  }
}
