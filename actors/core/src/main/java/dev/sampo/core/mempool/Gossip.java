package dev.sampo.core.mempool;

import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions that are to be passed on to every validator, so that each may put them inline. Under
 * load those of {@link #INTERVAL} share a frame; without load none waits.
 */
final class Gossip {

  /** Half of T_min (TI2): who has a transaction waits no shorter for a leader who hears of it. */
  static final Duration INTERVAL = Duration.ofMillis(10);

  private static final int FRAME_BYTES_MAX = 256 * 1024;

  private final MempoolOutbox outbox;
  private final List<SignedTransaction> waiting = new ArrayList<>();
  private long flushedAt = Long.MIN_VALUE / 2;

  Gossip(MempoolOutbox outbox) {
    this.outbox = outbox;
  }

  /** Even at once it waits behind what is waiting at its host already: they share a frame. */
  void add(SignedTransaction transaction, long nanos) {
    if (waiting.isEmpty()) {
      outbox.setTimer(MempoolTimer.GOSSIP, flushedAt + INTERVAL.toNanos() - nanos);
    }
    waiting.add(transaction);
  }

  void flush(long nanos) {
    flushedAt = nanos;
    var part = new ArrayList<SignedTransaction>();
    int bytes = 0;
    for (var transaction : waiting) {
      if (bytes + transaction.encodedLength() > FRAME_BYTES_MAX) {
        outbox.broadcast(new TransactionGossip(part));
        part.clear();
        bytes = 0;
      }
      part.add(transaction);
      bytes += transaction.encodedLength();
    }
    outbox.broadcast(new TransactionGossip(part));
    waiting.clear();
  }
}
