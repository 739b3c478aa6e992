package dev.sampo.benchmarks.footprint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Threads that wait for the same thing. */
final class ParkedThreads implements Crowd {

  private final Thread.Builder kind;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  ParkedThreads(Thread.Builder kind) {
    this.kind = kind;
  }

  @Override
  public void gather(int count) {
    for (int i = 0; i < count; i++) {
      threads.add(kind.start(this::waitForTheEnd));
    }
    for (var thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private void waitForTheEnd() {
    try {
      end.await();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
