package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the bytes of one connection into frames. It never holds more than twice the bytes that
 * arrived, whatever length a frame claims (fault 15).
 */
final class FrameParser {

  /** What the bytes so far amount to. */
  sealed interface Parsed {

    record Complete(Frame frame) implements Parsed {}

    /** All bytes are used up and the frame is not complete. */
    enum Incomplete implements Parsed {
      INCOMPLETE
    }

    record Refused(Refusal reason) implements Parsed {}
  }

  private static final int FIRST_ALLOCATION_BYTES = 4 << 10;
  private static final byte[] NO_BYTES = new byte[0];

  private final ByteBuffer head = ByteBuffer.allocate(Frame.OVERHEAD_BYTES);
  private byte[] content = NO_BYTES;
  private int contentRead;

  /** Takes bytes of {@code input} up to the end of one frame of at most {@code lengthMax}. */
  Parsed parse(ByteBuffer input, int lengthMax) {
    while (head.hasRemaining() && input.hasRemaining()) {
      head.put(input.get());
    }
    if (head.hasRemaining()) {
      return Parsed.Incomplete.INCOMPLETE;
    }
    int length = head.getInt(0);
    if (length < 1 || length > lengthMax) {
      return new Parsed.Refused(Refusal.FRAME_LENGTH);
    }
    read(input, length);
    return contentRead < length ? Parsed.Incomplete.INCOMPLETE : finish();
  }

  private void read(ByteBuffer input, int length) {
    int taken = Math.min(input.remaining(), length - contentRead);
    if (content.length < contentRead + taken) {
      int doubled = Math.max(FIRST_ALLOCATION_BYTES, 2 * content.length);
      content = Arrays.copyOf(content, Math.min(length, Math.max(doubled, contentRead + taken)));
    }
    input.get(content, contentRead, taken);
    contentRead += taken;
  }

  private Parsed finish() {
    int kind = head.get(Integer.BYTES);
    var bytes = Bytes.owning(content);
    head.clear();
    content = NO_BYTES;
    contentRead = 0;
    return switch (kind) {
      case Frame.HELLO -> new Parsed.Complete(new Frame.Greeting(bytes));
      case Frame.HEARTBEAT -> heartbeat(bytes);
      case Frame.MESSAGE -> new Parsed.Complete(new Frame.Message(bytes));
      case Frame.HOSTING -> announcement(bytes);
      default -> new Parsed.Refused(Refusal.UNKNOWN_FRAME);
    };
  }

  private static Parsed announcement(Bytes bytes) {
    try {
      return new Parsed.Complete(new Frame.Announcement(Hosting.decode(bytes)));
    } catch (Malformed malformed) {
      return new Parsed.Refused(Refusal.MALFORMED_HOSTING);
    }
  }

  private static Parsed heartbeat(Bytes bytes) {
    if (bytes.length() != Frame.Heartbeat.LENGTH) {
      return new Parsed.Refused(Refusal.FRAME_LENGTH);
    }
    long number = ByteBuffer.wrap(bytes.toByteArray()).getLong();
    return new Parsed.Complete(new Frame.Heartbeat(number));
  }
}
