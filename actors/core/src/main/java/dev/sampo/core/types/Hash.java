package dev.sampo.core.types;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest, compared by unsigned lexicographic order. Most of what a ledger keeps in memory
 * are these, so the bytes stand in the object itself.
 */
public final class Hash implements Comparable<Hash> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** Thirty-two zero bytes: the value of an unused field, never the digest of anything known. */
  public static final Hash ZERO = of(new byte[LENGTH], 0);

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private Hash(byte[] source, int offset) {
    first = read(source, offset);
    second = read(source, offset + Long.BYTES);
    third = read(source, offset + 2 * Long.BYTES);
    fourth = read(source, offset + 3 * Long.BYTES);
  }

  /** The digest that stands in {@code source} from {@code offset} on. */
  public static Hash of(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, source.length);
    return new Hash(source, offset);
  }

  /** The digest that stands in {@code source} from {@code offset} on. */
  public static Hash of(Bytes source, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, source.length());
    return source.lend(lent -> new Hash(lent, offset));
  }

  /** Throws {@link IllegalArgumentException} for another length. */
  public static Hash of(Bytes value) {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("needs " + LENGTH + " bytes, got " + value.length());
    }
    return of(value, 0);
  }

  public static Hash fromHex(String hex) {
    return of(Bytes.fromHex(hex));
  }

  public Bytes value() {
    return Bytes.owning(toByteArray());
  }

  public byte[] toByteArray() {
    var octets = new byte[LENGTH];
    copyTo(octets, 0);
    return octets;
  }

  /** Copies all bytes into {@code target} from {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    write(first, target, offset);
    write(second, target, offset + Long.BYTES);
    write(third, target, offset + 2 * Long.BYTES);
    write(fourth, target, offset + 3 * Long.BYTES);
  }

  // Written out: these are called for nearly everything that comes in or goes out.
  private static long read(byte[] from, int at) {
    return (from[at] & 0xffL) << 56
        | (from[at + 1] & 0xffL) << 48
        | (from[at + 2] & 0xffL) << 40
        | (from[at + 3] & 0xffL) << 32
        | (from[at + 4] & 0xffL) << 24
        | (from[at + 5] & 0xffL) << 16
        | (from[at + 6] & 0xffL) << 8
        | (from[at + 7] & 0xffL);
  }

  private static void write(long word, byte[] to, int at) {
    to[at] = (byte) (word >>> 56);
    to[at + 1] = (byte) (word >>> 48);
    to[at + 2] = (byte) (word >>> 40);
    to[at + 3] = (byte) (word >>> 32);
    to[at + 4] = (byte) (word >>> 24);
    to[at + 5] = (byte) (word >>> 16);
    to[at + 6] = (byte) (word >>> 8);
    to[at + 7] = (byte) word;
  }

  /** The byte at {@code index} as 0..255. */
  public int at(int index) {
    Objects.checkIndex(index, LENGTH);
    long earlier = index < Long.BYTES ? first : second;
    long later = index < 3 * Long.BYTES ? third : fourth;
    long word = index < 2 * Long.BYTES ? earlier : later;
    return (int) (word >>> Long.SIZE - Byte.SIZE * (1 + index % Long.BYTES)) & 0xff;
  }

  /** Bit {@code index} counted from the most significant bit of the first byte. */
  public boolean bit(int index) {
    return (at(index >>> 3) >>> (7 - (index & 7)) & 1) == 1;
  }

  public String hex() {
    return value().hex();
  }

  @Override
  public int compareTo(Hash other) {
    if (first != other.first) {
      return Long.compareUnsigned(first, other.first);
    }
    if (second != other.second) {
      return Long.compareUnsigned(second, other.second);
    }
    return third == other.third
        ? Long.compareUnsigned(fourth, other.fourth)
        : Long.compareUnsigned(third, other.third);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash hash
        && first == hash.first
        && second == hash.second
        && third == hash.third
        && fourth == hash.fourth;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return value().slice(0, 4).hex();
  }
}
