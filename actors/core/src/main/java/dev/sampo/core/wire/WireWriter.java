package dev.sampo.core.wire;

import dev.sampo.core.spare.Spares;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Appends values in the canonical encoding: big-endian integers, u32 lengths before variable parts.
 * What has no encoding throws {@link IllegalArgumentException}.
 */
public final class WireWriter {

  /** Longer ones are not worth their memory. */
  private static final int SCRATCH_MAX = 16 << 10;

  private static final int SCRATCH_MIN = 512;

  // Most of what is encoded is small and soon forgotten.
  private static final Spares<byte[]> SCRATCH = new Spares<>(() -> new byte[SCRATCH_MIN]);

  private byte[] buffer;
  private int length;

  private WireWriter(byte[] buffer) {
    this.buffer = buffer;
  }

  /** The bytes that {@code content} writes. */
  public static Bytes encode(Consumer<WireWriter> content) {
    var writer = new WireWriter(SCRATCH.take());
    content.accept(writer);
    var written = Bytes.copyOf(writer.buffer, 0, writer.length);
    if (writer.buffer.length <= SCRATCH_MAX) {
      SCRATCH.giveBack(writer.buffer);
    }
    // Whoever kept this writer no longer writes into what others do.
    writer.reset();
    return written;
  }

  /**
   * As {@link #encode(Consumer)}, but quickest if {@code content} writes {@code expectedLength}
   * bytes.
   */
  public static Bytes encode(int expectedLength, Consumer<WireWriter> content) {
    var writer = new WireWriter(new byte[expectedLength]);
    content.accept(writer);
    return writer.finish();
  }

  public WireWriter u8(int value) {
    require(value >= 0 && value <= 0xff, value);
    return append(value, 1);
  }

  public WireWriter u16(int value) {
    require(value >= 0 && value <= 0xffff, value);
    return append(value, 2);
  }

  /** Values are limited to 0..2^31-1. */
  public WireWriter u32(int value) {
    require(value >= 0, value);
    return append(value, 4);
  }

  /** Values are limited to 0..2^63-1. */
  public WireWriter u64(long value) {
    require(value >= 0, value);
    return append(value, 8);
  }

  public WireWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Writes the bytes alone, for fields of a fixed length. */
  public WireWriter fixed(Bytes value) {
    reserve(value.length());
    value.copyTo(buffer, length);
    length += value.length();
    return this;
  }

  public WireWriter hash(Hash value) {
    reserve(Hash.LENGTH);
    value.copyTo(buffer, length);
    length += Hash.LENGTH;
    return this;
  }

  /** Writes a u32 length and the bytes. */
  public WireWriter bytes(Bytes value) {
    return u32(value.length()).fixed(value);
  }

  /** Writes a u32 length and the UTF-8 bytes; text with half of a surrogate pair has none. */
  public WireWriter text(String value) {
    int start = length;
    u32(value.length());
    reserve(value.length());
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter > 0x7f) {
        length = start;
        return unicode(value);
      }
      buffer[length++] = (byte) letter;
    }
    return this;
  }

  private WireWriter unicode(String value) {
    ByteBuffer utf8;
    try {
      utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException notUnicode) {
      throw new IllegalArgumentException("not Unicode text", notUnicode);
    }
    var octets = new byte[utf8.remaining()];
    utf8.get(octets);
    return bytes(Bytes.owning(octets));
  }

  /** Writes a u32 count and each element in order. */
  public <T> WireWriter list(List<T> values, BiConsumer<T, WireWriter> element) {
    u32(values.size());
    values.forEach(value -> element.accept(value, this));
    return this;
  }

  private Bytes finish() {
    var written = buffer.length == length ? buffer : Arrays.copyOf(buffer, length);
    // Whoever kept this writer can no longer change what it wrote.
    reset();
    return Bytes.owning(written);
  }

  private void reset() {
    buffer = new byte[0];
    length = 0;
  }

  private WireWriter append(long value, int octets) {
    reserve(octets);
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, 1 << 30)));
    }
  }

  private static void require(boolean inRange, long value) {
    if (!inRange) {
      throw new IllegalArgumentException("out of range: " + value);
    }
  }
}
