package dev.sampo.core.wire;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the canonical encoding strictly: every length is bounded before memory is reserved for it,
 * every deviation is {@link Malformed}.
 */
public final class WireReader {

  /** Reads one value of type {@code T}. */
  @FunctionalInterface
  public interface Decoder<T> {
    T read(WireReader reader) throws Malformed;
  }

  // Bounds what a lying count can reserve before its elements are there.
  private static final int ELEMENTS_RESERVED_MAX = 256;

  private final Bytes source;
  private int position;
  private int limit;

  private WireReader(Bytes source) {
    this.source = source;
    this.limit = source.length();
  }

  /**
   * Decodes all of {@code encoded}: bytes left over are malformed, and so is a value whose own
   * checks throw {@link IllegalArgumentException}.
   */
  public static <T> T decode(Bytes encoded, Decoder<T> decoder) throws Malformed {
    var reader = new WireReader(encoded);
    var value = reader.value(decoder);
    if (reader.remaining() > 0) {
      throw new Malformed(reader.remaining() + " bytes follow the value");
    }
    return value;
  }

  /** As {@link #decode}, of what {@code encoded} starts with, whatever follows. */
  public static <T> T decodeStart(Bytes encoded, Decoder<T> decoder) throws Malformed {
    return new WireReader(encoded).value(decoder);
  }

  private <T> T value(Decoder<T> decoder) throws Malformed {
    try {
      return decoder.read(this);
    } catch (IllegalArgumentException | ArithmeticException outOfBounds) {
      throw new Malformed(String.valueOf(outOfBounds.getMessage()));
    }
  }

  public int u8() throws Malformed {
    return (int) integer(1);
  }

  public int u16() throws Malformed {
    return (int) integer(2);
  }

  public int u32() throws Malformed {
    long value = integer(4);
    if (value > Integer.MAX_VALUE) {
      throw new Malformed("u32 above 2^31-1");
    }
    return (int) value;
  }

  public long u64() throws Malformed {
    long value = integer(8);
    if (value < 0) {
      throw new Malformed("u64 above 2^63-1");
    }
    return value;
  }

  public boolean bool() throws Malformed {
    return switch (u8()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new Malformed("a boolean is 0 or 1");
    };
  }

  public Bytes fixed(int length) throws Malformed {
    int start = advance(length);
    return source.slice(start, position);
  }

  public Hash hash() throws Malformed {
    return Hash.of(source, advance(Hash.LENGTH));
  }

  /** Reads a u32 length of at most {@code lengthMax} and that many bytes. */
  public Bytes bytes(int lengthMax) throws Malformed {
    int length = u32();
    if (length > lengthMax) {
      throw new Malformed("length " + length + " above " + lengthMax);
    }
    return fixed(length);
  }

  /**
   * Reads UTF-8 of at most {@code lengthMax} bytes; anything but shortest-form UTF-8 is malformed.
   */
  public String text(int lengthMax) throws Malformed {
    var octets = bytes(lengthMax).toByteArray();
    if (isAscii(octets)) {
      return new String(octets, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Malformed("not UTF-8");
    }
  }

  private static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads a u32 count of at most {@code countMax} and that many elements of at least one byte. */
  public <T> List<T> list(int countMax, Decoder<T> element) throws Malformed {
    int count = u32();
    if (count > countMax || count > remaining()) {
      throw new Malformed("count " + count + " above " + Math.min(countMax, remaining()));
    }
    var values = new ArrayList<T>(Math.min(count, ELEMENTS_RESERVED_MAX));
    for (int i = 0; i < count; i++) {
      values.add(element.read(this));
    }
    return List.copyOf(values);
  }

  /** Reads a value that takes at most {@code bytesMax} bytes. */
  public <T> T within(int bytesMax, Decoder<T> decoder) throws Malformed {
    int outerLimit = limit;
    limit = Math.min(limit, Math.addExact(position, bytesMax));
    T value = decoder.read(this);
    limit = outerLimit;
    return value;
  }

  /** Whether nothing follows, where a last part is written only if it is needed. */
  public boolean isAtEnd() {
    return remaining() == 0;
  }

  private int remaining() {
    return limit - position;
  }

  private long integer(int octets) throws Malformed {
    int start = advance(octets);
    long value = 0;
    for (int i = start; i < position; i++) {
      value = value << 8 | source.at(i);
    }
    return value;
  }

  /** Moves past {@code length} bytes and gives where they start. */
  private int advance(int length) throws Malformed {
    if (length < 0) {
      throw new IllegalArgumentException("negative length " + length);
    }
    if (remaining() < length) {
      throw new Malformed("ends " + (length - remaining()) + " bytes too early");
    }
    int start = position;
    position += length;
    return start;
  }
}
