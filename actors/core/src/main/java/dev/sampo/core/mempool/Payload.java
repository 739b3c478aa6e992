package dev.sampo.core.mempool;

import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The transactions of a block or batch that is being built. */
final class Payload {

  private final NavigableSet<TransactionId> carried = new TreeSet<>();
  private final List<SignedTransaction> chosen = new ArrayList<>();
  private final int countMax;
  private int bytesLeft;

  /** Leaves out what is {@code carried} already. */
  Payload(Stream<TransactionId> carried, int bytesMax, int countMax) {
    carried.forEach(this.carried::add);
    this.bytesLeft = bytesMax;
    this.countMax = countMax;
  }

  boolean isFull() {
    return chosen.size() >= countMax || bytesLeft <= 0;
  }

  /** Whether it is carried already, or was chosen. */
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
