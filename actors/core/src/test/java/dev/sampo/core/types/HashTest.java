package dev.sampo.core.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HashTest {

  private static final long SEED = 42;

  private static final Bytes COUNTED =
      Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  @Test
  @DisplayName("gives back the bytes that it was made of, wherever they stood")
  void keepsItsBytes() {
    var hash = Hash.of(COUNTED);
    var target = new byte[40];
    hash.copyTo(target, 5);

    assertThat(hash.value()).isEqualTo(COUNTED);
    assertThat(hash.toByteArray()).isEqualTo(COUNTED.toByteArray());
    assertThat(Hash.of(target, 5)).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.of(Bytes.owning(target), 5)).isEqualTo(hash);
    assertThat(Hash.fromHex(hash.hex())).isEqualTo(hash);
    assertThat(hash).hasToString("00010203");
  }

  @Test
  @DisplayName("shows each byte and each bit")
  void showsBytesAndBits() {
    var hash = Hash.of(COUNTED);
    for (int i = 0; i < Hash.LENGTH; i++) {
      assertThat(hash.at(i)).isEqualTo(i);
    }
    for (int i = 0; i < 8 * Hash.LENGTH; i++) {
      assertThat(hash.bit(i)).as("bit %s", i).isEqualTo(COUNTED.bit(i));
    }
    assertThatThrownBy(() -> hash.at(Hash.LENGTH)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> hash.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @DisplayName("is ordered and told apart as its bytes are (seed 42)")
  void isOrderedAsItsBytes() {
    var random = new Random(SEED);
    var hashes = new ArrayList<Hash>();
    for (int i = 0; i < 200; i++) {
      // Few values for a byte, so that beginnings are the same often.
      var octets = new byte[Hash.LENGTH];
      for (int at = 0; at < octets.length; at++) {
        octets[at] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 0x80);
      }
      hashes.add(Hash.of(octets, 0));
    }
    for (var one : hashes) {
      for (var other : hashes) {
        int order = one.value().compareTo(other.value());
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Integer.signum(order));
        assertThat(one.equals(other)).isEqualTo(order == 0);
      }
    }
  }

  @Test
  @DisplayName("has thirty-two bytes")
  void hasOneLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(COUNTED.slice(0, 31)));
    assertThatThrownBy(() -> Hash.of(COUNTED, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Hash.of(new byte[Hash.LENGTH], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
