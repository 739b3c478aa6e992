package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The transactions of a block that is being built. */
final class Payload {

  private final NavigableSet<TransactionId> carried = new TreeSet<>();
  private final List<SignedTransaction> chosen = new ArrayList<>();
  private final int countMax;
  private int bytesLeft;

  /** Leaves out what {@code ancestors} carry. */
  Payload(List<Block> ancestors, int bytesMax, int countMax) {
    ancestors.forEach(block -> block.inline().forEach(entry -> carried.add(entry.id())));
    this.bytesLeft = bytesMax;
    this.countMax = countMax;
  }

  boolean isFull() {
    return chosen.size() >= countMax || bytesLeft <= 0;
  }

  /** Whether an ancestor carries it, or it was chosen. */
  boolean contains(TransactionId id) {
    return carried.contains(id);
  }

  /** Chooses it if it fits and is not carried yet. */
  void add(Pending pending) {
    if (pending.length() <= bytesLeft && carried.add(pending.id())) {
      chosen.add(pending.transaction());
      bytesLeft -= pending.length();
    }
  }

  List<SignedTransaction> transactions() {
    return List.copyOf(chosen);
  }
}
