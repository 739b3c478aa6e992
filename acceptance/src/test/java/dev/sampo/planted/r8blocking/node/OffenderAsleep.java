package dev.sampo.planted.r8blocking.node;

/** Sleeps on a dispatcher's thread. */
final class OffenderAsleep {
  void pause() throws InterruptedException {
    Thread.sleep(1);
  }
}
