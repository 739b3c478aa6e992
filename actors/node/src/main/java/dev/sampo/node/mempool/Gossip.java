package dev.sampo.node.mempool;

import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.node.peer.Outbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions that are to be passed on to every validator. Under load those of {@link #INTERVAL}
 * share a frame; without load none waits.
 */
final class Gossip {

  static final Duration INTERVAL = Duration.ofMillis(20);

  private static final int FRAME_BYTES_MAX = 256 * 1024;

  private final Outbound outbound;
  private final List<SignedTransaction> waiting = new ArrayList<>();
  private long lastFlushNanos = System.nanoTime() - INTERVAL.toNanos();

  Gossip(Outbound outbound) {
    this.outbound = outbound;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(SignedTransaction transaction) {
    waiting.add(transaction);
  }

  /** Whether the last flush is long enough ago for the next one. */
  boolean isDue() {
    return System.nanoTime() - lastFlushNanos >= INTERVAL.toNanos();
  }

  void flush() {
    lastFlushNanos = System.nanoTime();
    var part = new ArrayList<SignedTransaction>();
    int bytes = 0;
    for (var transaction : waiting) {
      if (bytes + transaction.encodedLength() > FRAME_BYTES_MAX) {
        outbound.broadcast(new TransactionGossip(part));
        part.clear();
        bytes = 0;
      }
      part.add(transaction);
      bytes += transaction.encodedLength();
    }
    outbound.broadcast(new TransactionGossip(part));
    waiting.clear();
  }
}
