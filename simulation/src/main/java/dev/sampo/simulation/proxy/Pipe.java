package dev.sampo.simulation.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** One direction of a connection: what was read and is not yet due, or not yet taken. */
final class Pipe {

  /** Nothing more is read while this much waits, so that the sender feels it (back-pressure). */
  static final int WAITING_BYTES_MAX = 256 << 10;

  static final int CHUNK_BYTES_MAX = 16 << 10;

  /** No chunk waits for its time. */
  static final long NEVER = Long.MAX_VALUE;

  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  private final SocketChannel source;
  private final SocketChannel sink;
  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private long lastDueNanos;
  private boolean truncates;
  private boolean isEnded;
  private boolean isDone;
  private boolean isBlocked;

  Pipe(SocketChannel source, SocketChannel sink, long nowNanos) {
    this.source = source;
    this.sink = sink;
    this.lastDueNanos = nowNanos;
  }

  boolean wantsToRead() {
    return !isEnded && waitingBytes < WAITING_BYTES_MAX;
  }

  /** Whether something is due that the receiver did not take. */
  boolean isBlocked() {
    return isBlocked;
  }

  /** Whether the end of the source has reached the sink. */
  boolean isDone() {
    return isDone;
  }

  /** Half of the next chunk is the last that gets through. */
  void truncateNext() {
    truncates = true;
  }

  /** Takes a chunk from the source; returns its length, 0 at the end. */
  int read(LinkCondition condition, SplittableRandom random, long nowNanos) throws IOException {
    var bytes = ByteBuffer.allocate(CHUNK_BYTES_MAX);
    int length = source.read(bytes);
    if (length < 0) {
      isEnded = true;
      return 0;
    }
    bytes.flip();
    if (length > 0) {
      damage(bytes, condition.damage(), random);
      enqueue(bytes, condition, random, nowNanos);
    }
    return length;
  }

  private void damage(ByteBuffer bytes, LinkCondition.Damage damage, SplittableRandom random) {
    if (random.nextInt(100) < damage.corruptPercent()) {
      int at = random.nextInt(bytes.limit());
      bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
    }
    if (truncates) {
      bytes.limit(bytes.limit() / 2);
      isEnded = true;
    }
  }

  private void enqueue(
      ByteBuffer bytes, LinkCondition condition, SplittableRandom random, long nowNanos) {
    var latency = condition.latency();
    long spread = latency.max().minus(latency.min()).toNanos();
    long delay = latency.min().toNanos() + (spread == 0 ? 0 : random.nextLong(spread + 1));
    long due = Math.max(nowNanos + delay, lastDueNanos);
    if (condition.bytesPerSecond() > 0) {
      due += bytes.limit() * 1_000_000_000L / condition.bytesPerSecond();
    }
    lastDueNanos = due;
    waitingBytes += bytes.limit();
    waiting.add(new Chunk(bytes, due));
  }

  /** What is under way arrives at once: the condition that held it is over. */
  void release(long nowNanos) {
    var released = waiting.stream().map(chunk -> new Chunk(chunk.bytes, nowNanos)).toList();
    waiting.clear();
    waiting.addAll(released);
    lastDueNanos = nowNanos;
  }

  /** Hands on what is due; returns when the next chunk is, or {@link #NEVER}. */
  long write(long nowNanos) throws IOException {
    isBlocked = false;
    for (var next = waiting.peek(); next != null; next = waiting.peek()) {
      if (next.dueNanos - nowNanos > 0) {
        return next.dueNanos;
      }
      waitingBytes -= sink.write(next.bytes);
      if (next.bytes.hasRemaining()) {
        isBlocked = true;
        return NEVER;
      }
      waiting.remove();
    }
    if (isEnded && !isDone) {
      sink.shutdownOutput();
      isDone = true;
    }
    return NEVER;
  }
}
