package dev.sampo.node.peer;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What this node says of itself on every link, for as long as it says anything. Thread-safe. */
final class OwnHosting {

  private final AtomicReference<Hosting> hosting = new AtomicReference<>(Hosting.NONE);
  private volatile boolean isSaid;

  void change(UnaryOperator<Hosting> change) {
    hosting.updateAndGet(change);
    isSaid = true;
  }

  /** Whether it was ever told what it hosts: a validator of one node never says. */
  boolean isSaid() {
    return isSaid;
  }

  Hosting get() {
    return hosting.get();
  }
}
