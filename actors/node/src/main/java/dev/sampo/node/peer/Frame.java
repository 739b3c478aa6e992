package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/** What travels over a peer link: u32 length of the content (at least 1), u8 kind, content. */
sealed interface Frame {

  /** Bytes before the content. */
  int OVERHEAD_BYTES = 5;

  int HELLO = 0;
  int HEARTBEAT = 1;
  int MESSAGE = 2;
  int HOSTING = 3;

  /** Length of the content in bytes. */
  int length();

  /** The dialler's first frame; the content is a {@link Hello}. */
  record Greeting(Bytes content) implements Frame {
    @Override
    public int length() {
      return content.length();
    }
  }

  /** Sent by the dialler and answered by the same frame; numbered from 1. */
  record Heartbeat(long number) implements Frame {
    static final int LENGTH = Long.BYTES;

    ByteString encoded() {
      var content = ByteBuffer.allocate(LENGTH).putLong(number).array();
      return encode(HEARTBEAT, Bytes.owning(content));
    }

    @Override
    public int length() {
      return LENGTH;
    }
  }

  /** A message that the links do not look into. */
  record Message(Bytes content) implements Frame {
    @Override
    public int length() {
      return content.length();
    }
  }

  /** What the sender hosts; it replaces what was said before. */
  record Announcement(Hosting hosting) implements Frame {
    @Override
    public int length() {
      return Hosting.BYTES_MAX;
    }
  }

  /** Copies {@code content} once, however many links the result is sent over. */
  static ByteString encode(int kind, Bytes content) {
    var encoded = new byte[OVERHEAD_BYTES + content.length()];
    ByteBuffer.wrap(encoded).putInt(content.length()).put((byte) kind);
    content.copyTo(encoded, OVERHEAD_BYTES);
    return ByteString.fromArrayUnsafe(encoded);
  }
}
