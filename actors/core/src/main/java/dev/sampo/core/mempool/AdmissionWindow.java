package dev.sampo.core.mempool;

import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many transactions of this node's own gateway may wait at a time, so that what is taken in is
 * decided soon however much is offered: more than a ledger orders in time would only wait. It is
 * found out by waiting times, as TCP finds out how much may be under way: a block whose
 * transactions waited longer than they should shrinks the window, any other lets it grow. What they
 * should wait at most counts from the shortest wait of late, so that a ledger with long ways has a
 * larger window.
 */
final class AdmissionWindow {

  /** So many may wait in any case. */
  static final int ALWAYS = 256;

  /**
   * Half of a block's transactions should wait at most so much longer than the quickest of late.
   */
  static final Duration WAIT = Duration.ofMillis(500);

  /** For how long the shortest wait counts, and at most twice as long. */
  static final Duration MEMORY = Duration.ofMinutes(5);

  /** With each block that is quick enough the window grows by this part of it. */
  private static final int GROWTH = 32;

  /** And by this, if the block took less than half of the time that it may take. */
  private static final int QUICK_GROWTH = 8;

  private final int max;
  private final Map<TransactionId, Long> since = new TreeMap<>();
  private final List<Long> waits = new ArrayList<>();
  private int size;
  private long settlesAt = Long.MIN_VALUE / 2;
  private long shortest = Long.MAX_VALUE;
  private long shortestBefore = Long.MAX_VALUE;
  private long periodEnds = Long.MIN_VALUE / 2;
  private boolean shrank;

  /** Begins with {@code max}, and is never larger. */
  AdmissionWindow(int max) {
    this.max = max;
    this.size = max;
  }

  boolean isFull() {
    return since.size() >= size;
  }

  /**
   * A full window has as much room again for senders who have nothing waiting, so that one who
   * sends much does not keep others out.
   *
   * @param waiting how many transactions of the sender wait
   */
  boolean isFullFor(int waiting) {
    return since.size() >= (waiting == 0 ? 2L * size : size);
  }

  /** It was taken in. */
  void entered(TransactionId id, long nanos) {
    since.put(id, nanos);
  }

  /** It expired: its wait says nothing. */
  void dropped(TransactionId id) {
    since.remove(id);
  }

  /** A block has settled it. */
  void executed(TransactionId id, long nanos) {
    var entered = since.remove(id);
    if (entered != null) {
      waits.add(nanos - entered);
    }
  }

  /** All that the block has settled was told. */
  void blockExecuted(long nanos) {
    if (!waits.isEmpty()) {
      Collections.sort(waits);
      long waited = waits.get(waits.size() / 2);
      if (nanos - periodEnds >= 0) {
        beginPeriod(waited, nanos);
      }
      shortest = Math.min(shortest, waits.getFirst());
      adapt(waited, nanos);
      waits.clear();
    }
  }

  /**
   * Where the window was what kept waits short, they are let become shorter for once: else the
   * shortest one would be what the window allows, and allow more and more.
   */
  private void beginPeriod(long waited, long nanos) {
    shortestBefore = shortest;
    shortest = Long.MAX_VALUE;
    periodEnds = nanos + MEMORY.toNanos();
    if (shrank) {
      shrinkBy(0.5, waited, nanos);
      shrank = false;
    }
  }

  private void adapt(long waited, long nanos) {
    long target = WAIT.toNanos() + Math.min(shortest, shortestBefore);
    if (waited <= target) {
      size = Math.min(max, size + size / (waited <= target / 2 ? QUICK_GROWTH : GROWTH) + 1);
    } else if (nanos - settlesAt >= 0) {
      shrinkBy(Math.max(0.5, (double) target / waited), waited, nanos);
    }
  }

  /** What waits now was let in by the window as it was, and shows nothing of the next one. */
  private void shrinkBy(double factor, long waited, long nanos) {
    int used = Math.min(size, since.size() + waits.size());
    size = Math.min(max, Math.max(ALWAYS, (int) (used * factor)));
    settlesAt = nanos + waited;
    shrank = true;
  }
}
