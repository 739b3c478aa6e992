package dev.sampo.node.gateway;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is given back once, whoever says so first. Thread-safe. */
final class Lease {

  private final Runnable giveBack;
  private final AtomicBoolean isOver = new AtomicBoolean();

  Lease(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  void end() {
    if (isOver.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
