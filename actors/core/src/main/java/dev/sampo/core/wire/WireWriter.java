package dev.sampo.core.wire;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Appends values in the canonical encoding: big-endian integers, u32 lengths before variable parts. */
public final class WireWriter {

  private ByteBuffer buffer = ByteBuffer.allocate(256);

  /** The bytes that {@code content} writes. */
  public static Bytes encode(java.util.function.Consumer<WireWriter> content) {
    var writer = new WireWriter();
    content.accept(writer);
    return writer.toBytes();
  }

  public WireWriter u8(int value) {
    require(value >= 0 && value <= 0xff, value);
    reserve(1).put((byte) value);
    return this;
  }

  public WireWriter u16(int value) {
    require(value >= 0 && value <= 0xffff, value);
    reserve(2).putShort((short) value);
    return this;
  }

  public WireWriter u32(int value) {
    require(value >= 0, value);
    reserve(4).putInt(value);
    return this;
  }

  /** Values are limited to 0..2^63-1. */
  public WireWriter u64(long value) {
    require(value >= 0, value);
    reserve(8).putLong(value);
    return this;
  }

  public WireWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Writes the bytes alone, for fields of a fixed length. */
  public WireWriter fixed(Bytes value) {
    reserve(value.length()).put(value.toByteArray());
    return this;
  }

  public WireWriter hash(Hash value) {
    return fixed(value.value());
  }

  /** Writes a u32 length and the bytes. */
  public WireWriter bytes(Bytes value) {
    return u32(value.length()).fixed(value);
  }

  /** Writes a u32 length and the UTF-8 bytes. */
  public WireWriter text(String value) {
    return bytes(Bytes.owning(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a u32 count and each element in order. */
  public <T> WireWriter list(List<T> values, BiConsumer<T, WireWriter> element) {
    u32(values.size());
    values.forEach(value -> element.accept(value, this));
    return this;
  }

  public Bytes toBytes() {
    return Bytes.copyOf(buffer.array(), 0, buffer.position());
  }

  private ByteBuffer reserve(int length) {
    if (buffer.remaining() < length) {
      int capacity = Math.max(Math.multiplyExact(buffer.capacity(), 2), buffer.position() + length);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }

  private static void require(boolean inRange, long value) {
    if (!inRange) {
      throw new IllegalArgumentException("out of range: " + value);
    }
  }
}
