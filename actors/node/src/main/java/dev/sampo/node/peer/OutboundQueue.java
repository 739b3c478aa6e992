package dev.sampo.node.peer;

import dev.sampo.node.peer.StreamSettings.Overflow;
import java.util.ArrayDeque;
import org.apache.pekko.util.ByteString;

/** Frames that wait for one stream of one peer, bounded in number, bytes and age. */
final class OutboundQueue {

  private record Waiting(ByteString frame, long sinceNanos) {}

  private final StreamSettings limits;
  private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
  private int bytes;

  OutboundQueue(StreamSettings limits) {
    this.limits = limits;
  }

  /** Adds a frame of at most the stream's length and returns how many frames this drops. */
  int offer(ByteString frame, long nowNanos) {
    int dropped = dropStale(nowNanos);
    while (!fits(frame)) {
      dropped++;
      if (limits.overflow() == Overflow.DROP_NEWEST) {
        return dropped;
      }
      remove();
    }
    frames.add(new Waiting(frame, nowNanos));
    bytes += frame.size();
    return dropped;
  }

  /** Drops frames that waited too long and returns how many. */
  int dropStale(long nowNanos) {
    int dropped = 0;
    while (!frames.isEmpty()
        && nowNanos - frames.getFirst().sinceNanos() > limits.queuedMax().toNanos()) {
      remove();
      dropped++;
    }
    return dropped;
  }

  /** Takes the oldest frame; only if there is one. */
  ByteString take() {
    return remove();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int frames() {
    return frames.size();
  }

  int bytes() {
    return bytes;
  }

  private boolean fits(ByteString frame) {
    return frames.size() < limits.queueFramesMax()
        && bytes + frame.size() <= limits.queueBytesMax();
  }

  private ByteString remove() {
    var oldest = frames.removeFirst().frame();
    bytes -= oldest.size();
    return oldest;
  }
}
