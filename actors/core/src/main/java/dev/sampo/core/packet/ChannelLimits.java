package dev.sampo.core.packet;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What may pass through a channel (T1, T7). Times are milliseconds.
 *
 * @param timeoutMin a packet's timeout is at least this far ahead of the newest known time of its
 *     destination, and
 * @param timeoutMax at most this far
 * @param window over which packets and amounts are counted, for each direction
 * @param packetsMax most packets in a window, and
 * @param amountMax the most of any one asset
 */
public record ChannelLimits(
    long timeoutMin, long timeoutMax, long window, long packetsMax, long amountMax) {

  /** The longest timeout of any channel: 7 days. */
  public static final long TIMEOUT_MAX = 7L * 24 * 60 * 60 * 1_000;

  /** Ten minutes to 7 days; 10,000 packets in an hour; amounts without limit. */
  public static final ChannelLimits DEFAULT =
      new ChannelLimits(10 * 60 * 1_000, TIMEOUT_MAX, 60 * 60 * 1_000, 10_000, Long.MAX_VALUE);

  public ChannelLimits {
    if (timeoutMin < 1 || timeoutMin > timeoutMax || timeoutMax > TIMEOUT_MAX) {
      throw new IllegalArgumentException("timeouts are 1 ms to 7 days, the shortest first");
    }
    if (window < 1 || packetsMax < 1 || amountMax < 1) {
      throw new IllegalArgumentException("a window, packets and amounts are at least 1");
    }
  }

  void writeTo(WireWriter out) {
    out.u64(timeoutMin).u64(timeoutMax).u64(window).u64(packetsMax).u64(amountMax);
  }

  static ChannelLimits readFrom(WireReader in) throws Malformed {
    return new ChannelLimits(in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
  }
}
