package dev.sampo.cluster.demo;

import java.util.concurrent.locks.LockSupport;

/** Waits for a moment of {@link System#nanoTime} that a plan names. */
public final class PlannedTime {

  private PlannedTime() {}

  public static void await(long planned) throws InterruptedException {
    for (long wait = planned - System.nanoTime(); wait > 0; wait = planned - System.nanoTime()) {
      LockSupport.parkNanos(wait);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
