package dev.sampo.node.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is in hand and admits no more than there are slots. Thread-safe. */
final class Slots {

  private final int count;
  private final AtomicInteger taken = new AtomicInteger();

  Slots(int count) {
    this.count = count;
  }

  boolean tryTake() {
    if (taken.incrementAndGet() > count) {
      taken.decrementAndGet();
      return false;
    }
    return true;
  }

  void release() {
    taken.decrementAndGet();
  }

  boolean isFull() {
    return taken.get() >= count;
  }

  int taken() {
    return taken.get();
  }
}
