package dev.sampo.node.peer;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.peer.StreamSettings.Overflow;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * Frames that wait for one stream of one peer, bounded in number, bytes and age. Ledgers take
 * turns, and where there is no room the one that holds most of it gives up a frame (longest queue
 * drop), so that none crowds out another.
 */
final class OutboundQueue {

  private record Waiting(ByteString frame, long sinceNanos) {}

  /** What waits of one ledger; never empty while it is kept. */
  private static final class Share {
    private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
    private int bytes;

    private void add(Waiting waiting) {
      frames.addLast(waiting);
      bytes += waiting.frame().size();
    }

    private ByteString removeOldest() {
      return removed(frames.removeFirst());
    }

    private ByteString removeNewest() {
      return removed(frames.removeLast());
    }

    private ByteString removed(Waiting waiting) {
      bytes -= waiting.frame().size();
      return waiting.frame();
    }
  }

  private final StreamSettings limits;

  /** In the order of their turns. */
  private final LinkedHashMap<LedgerId, Share> shares = new LinkedHashMap<>();

  private int frames;
  private int bytes;

  OutboundQueue(StreamSettings limits) {
    this.limits = limits;
  }

  /** Adds a frame of at most the stream's length and returns how many frames this drops. */
  int offer(LedgerId ledger, ByteString frame, long nowNanos) {
    int dropped = dropStale(nowNanos);
    while (!fits(frame)) {
      dropped++;
      var largest = largestWith(ledger, frame);
      if (largest.getKey().equals(ledger) && limits.overflow() == Overflow.DROP_NEWEST) {
        return dropped;
      }
      drop(largest);
    }
    shares.computeIfAbsent(ledger, first -> new Share()).add(new Waiting(frame, nowNanos));
    frames++;
    bytes += frame.size();
    return dropped;
  }

  /** Drops frames that waited too long and returns how many. */
  int dropStale(long nowNanos) {
    int before = frames;
    var each = shares.values().iterator();
    while (each.hasNext()) {
      dropStale(each, nowNanos);
    }
    return before - frames;
  }

  private void dropStale(Iterator<Share> each, long nowNanos) {
    var share = each.next();
    while (!share.frames.isEmpty()
        && nowNanos - share.frames.getFirst().sinceNanos() > limits.queuedMax().toNanos()) {
      gone(share.removeOldest());
    }
    if (share.frames.isEmpty()) {
      each.remove();
    }
  }

  /** Takes the oldest frame of the ledger whose turn it is; only if there is one. */
  ByteString take() {
    var turn = shares.entrySet().iterator().next();
    var frame = turn.getValue().removeOldest();
    shares.remove(turn.getKey());
    if (!turn.getValue().frames.isEmpty()) {
      shares.put(turn.getKey(), turn.getValue());
    }
    gone(frame);
    return frame;
  }

  boolean isEmpty() {
    return frames == 0;
  }

  int frames() {
    return frames;
  }

  int bytes() {
    return bytes;
  }

  private boolean fits(ByteString frame) {
    return frames < limits.queueFramesMax() && bytes + frame.size() <= limits.queueBytesMax();
  }

  /** The ledger that would hold most if {@code frame} of {@code ledger} were added. */
  private Map.Entry<LedgerId, Share> largestWith(LedgerId ledger, ByteString frame) {
    var own = shares.getOrDefault(ledger, new Share());
    boolean hasOldest = !own.frames.isEmpty() || limits.overflow() == Overflow.DROP_NEWEST;
    long most = hasOldest ? weight(own, 1, frame.size()) : 0;
    var largest = Map.entry(ledger, own);
    for (var other : shares.entrySet()) {
      long weight = other.getKey().equals(ledger) ? 0 : weight(other.getValue(), 0, 0);
      if (weight > most) {
        most = weight;
        largest = other;
      }
    }
    return largest;
  }

  /** By the limit that it uses up more of. */
  private long weight(Share share, int moreFrames, int moreBytes) {
    return Math.max(
        (long) (share.frames.size() + moreFrames) * limits.queueBytesMax(),
        (long) (share.bytes + moreBytes) * limits.queueFramesMax());
  }

  private void drop(Map.Entry<LedgerId, Share> victim) {
    var share = victim.getValue();
    gone(
        switch (limits.overflow()) {
          case DROP_OLDEST -> share.removeOldest();
          case DROP_NEWEST -> share.removeNewest();
        });
    if (share.frames.isEmpty()) {
      shares.remove(victim.getKey());
    }
  }

  private void gone(ByteString frame) {
    frames--;
    bytes -= frame.size();
  }
}
