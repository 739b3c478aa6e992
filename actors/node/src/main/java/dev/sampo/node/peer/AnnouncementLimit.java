package dev.sampo.node.peer;

/**
 * How often the other end of one connection may say what it hosts: an honest one says it once for
 * each ledger that comes or goes.
 */
final class AnnouncementLimit {

  /** Within a second: all ledgers of a node may come and go twice. */
  static final int PER_SECOND_MAX = 4 * Hosting.LEDGERS_MAX;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private long sinceNanos;
  private int count;

  /** Whether one more is within the limit at this monotonic time. */
  boolean admits(long nowNanos) {
    if (count == 0 || nowNanos - sinceNanos >= SECOND_NANOS) {
      sinceNanos = nowNanos;
      count = 0;
    }
    count++;
    return count <= PER_SECOND_MAX;
  }
}
