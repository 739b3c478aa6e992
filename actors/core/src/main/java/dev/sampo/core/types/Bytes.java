package dev.sampo.core.types;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable byte string, compared by unsigned lexicographic order. */
public final class Bytes implements Comparable<Bytes> {

  /** Reads bytes that it does not own: it neither changes nor keeps the array. */
  @FunctionalInterface
  public interface Reader<T, X extends Exception> {
    T read(byte[] lent) throws X;
  }

  /** The byte string of length zero. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** A byte string with a private copy of {@code source}. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  /**
   * A byte string with a private copy of {@code length} bytes of {@code source} from {@code
   * offset}.
   */
  public static Bytes copyOf(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    return owning(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** Takes over {@code owned} without a copy; the caller must never change it afterwards. */
  public static Bytes owning(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned);
  }

  /**
   * Reads lower- or upper-case hexadecimal; throws {@link IllegalArgumentException} for all else.
   */
  public static Bytes fromHex(String hex) {
    return owning(HexFormat.of().parseHex(hex));
  }

  /** One byte for each character; throws {@link IllegalArgumentException} if one is not ASCII. */
  public static Bytes ofAscii(String text) {
    var octets = new byte[text.length()];
    for (int i = 0; i < octets.length; i++) {
      char letter = text.charAt(i);
      if (letter > 0x7f) {
        throw new IllegalArgumentException("not ASCII");
      }
      octets[i] = (byte) letter;
    }
    return owning(octets);
  }

  public int length() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  /** The byte at {@code index} as 0..255. */
  public int at(int index) {
    return value[index] & 0xff;
  }

  /** Bit {@code index} counted from the most significant bit of the first byte. */
  public boolean bit(int index) {
    return (value[index >>> 3] >>> (7 - (index & 7)) & 1) == 1;
  }

  /** A copy of the bytes from {@code from} on, up to but without the one at {@code to}. */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, value.length);
    return owning(Arrays.copyOfRange(value, from, to));
  }

  public byte[] toByteArray() {
    return value.clone();
  }

  /** Copies all bytes into {@code target} from {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  /** What {@code reader} makes of the bytes, which it is shown without a copy. */
  public <T, X extends Exception> T lend(Reader<T, X> reader) throws X {
    return reader.read(value);
  }

  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return value.length <= 32 ? hex() : slice(0, 8).hex() + "...(" + value.length + " bytes)";
  }
}
