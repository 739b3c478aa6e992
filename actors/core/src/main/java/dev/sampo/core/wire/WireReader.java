package dev.sampo.core.wire;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the canonical encoding strictly: every length is bounded, every deviation is {@link Malformed}. */
public final class WireReader {

  /** Reads one value of type {@code T}. */
  @FunctionalInterface
  public interface Decoder<T> {
    T read(WireReader reader) throws Malformed;
  }

  private final ByteBuffer buffer;

  private WireReader(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Decodes all of {@code encoded}: bytes left over are malformed. */
  public static <T> T decode(Bytes encoded, Decoder<T> decoder) throws Malformed {
    var reader = new WireReader(ByteBuffer.wrap(encoded.toByteArray()));
    T value = reader.checked(decoder);
    if (reader.buffer.hasRemaining()) {
      throw new Malformed(reader.buffer.remaining() + " bytes follow the value");
    }
    return value;
  }

  /** Reads a value whose own checks throw {@link IllegalArgumentException}; that counts as malformed. */
  private <T> T checked(Decoder<T> decoder) throws Malformed {
    try {
      return decoder.read(this);
    } catch (IllegalArgumentException | ArithmeticException outOfBounds) {
      throw new Malformed(String.valueOf(outOfBounds.getMessage()));
    }
  }

  public int u8() throws Malformed {
    return need(1).get() & 0xff;
  }

  public int u16() throws Malformed {
    return need(2).getShort() & 0xffff;
  }

  public int u32() throws Malformed {
    int value = need(4).getInt();
    if (value < 0) {
      throw new Malformed("u32 above 2^31-1");
    }
    return value;
  }

  public long u64() throws Malformed {
    long value = need(8).getLong();
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
    need(length);
    var bytes = new byte[length];
    buffer.get(bytes);
    return Bytes.owning(bytes);
  }

  public Hash hash() throws Malformed {
    return new Hash(fixed(Hash.LENGTH));
  }

  /** Reads a u32 length of at most {@code lengthMax} and that many bytes. */
  public Bytes bytes(int lengthMax) throws Malformed {
    int length = u32();
    if (length > lengthMax) {
      throw new Malformed("length " + length + " above " + lengthMax);
    }
    return fixed(length);
  }

  /** Reads UTF-8 of at most {@code lengthMax} bytes; anything but shortest-form UTF-8 is malformed. */
  public String text(int lengthMax) throws Malformed {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(lengthMax).toByteArray()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Malformed("not UTF-8");
    }
  }

  /** Reads a u32 count of at most {@code countMax} and that many elements. */
  public <T> List<T> list(int countMax, Decoder<T> element) throws Malformed {
    int count = u32();
    if (count > countMax || count > buffer.remaining()) {
      throw new Malformed("count " + count + " above " + Math.min(countMax, buffer.remaining()));
    }
    var values = new ArrayList<T>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(element.read(this));
    }
    return List.copyOf(values);
  }

  private ByteBuffer need(int length) throws Malformed {
    if (buffer.remaining() < length) {
      throw new Malformed("ends " + (length - buffer.remaining()) + " bytes too early");
    }
    return buffer;
  }
}
