package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import java.time.Duration;

/**
 * The limits of the links of one stream (architecture, Limits).
 *
 * @param frameBytesMax longest frame, sent or accepted
 * @param queueFramesMax most frames that wait for one peer
 * @param queueBytesMax most bytes that wait for one peer
 * @param overflow what a full queue gives up
 * @param queuedMax a frame that waited longer is dropped: what it says is stale
 * @param missedHeartbeatsMax so many heartbeats without an answer end the connection (S15)
 * @param inboundFramesPerSecond what a peer sends faster is left in its socket
 * @param inboundBytesPerSecond what a peer sends faster is left in its socket
 */
public record StreamSettings(
    int frameBytesMax,
    int queueFramesMax,
    int queueBytesMax,
    Overflow overflow,
    Duration queuedMax,
    int missedHeartbeatsMax,
    int inboundFramesPerSecond,
    int inboundBytesPerSecond) {

  /** What a full queue gives up. */
  public enum Overflow {
    /** The newest vote is worth most. */
    DROP_OLDEST,
    /** The oldest body is what others wait for. */
    DROP_NEWEST
  }

  /** Offline after three missed heartbeats. */
  public static final StreamSettings VOTES =
      new StreamSettings(
          PeerStream.VOTES.frameBytesMax(),
          8_192,
          4 << 20,
          Overflow.DROP_OLDEST,
          Duration.ofSeconds(10),
          3,
          20_000,
          16 << 20);

  /** A peer may take half a minute to read one. */
  public static final StreamSettings BODIES =
      new StreamSettings(
          PeerStream.BODIES.frameBytesMax(),
          8_192,
          32 << 20,
          Overflow.DROP_NEWEST,
          Duration.ofSeconds(10),
          30,
          20_000,
          128 << 20);

  public StreamSettings {
    boolean positive =
        frameBytesMax > 0
            && queueFramesMax > 0
            && queuedMax.isPositive()
            && missedHeartbeatsMax > 0
            && inboundFramesPerSecond > 0
            && inboundBytesPerSecond > 0;
    if (!positive || queueBytesMax < frameBytesMax + Frame.OVERHEAD_BYTES) {
      throw new IllegalArgumentException("limits must be positive and a queue must hold a frame");
    }
  }
}
