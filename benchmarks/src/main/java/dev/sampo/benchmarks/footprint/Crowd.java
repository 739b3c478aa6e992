package dev.sampo.benchmarks.footprint;

/** Many of a kind that are idle; they are gone when it is closed. */
interface Crowd extends AutoCloseable {

  /** Makes them, and returns when each of them has begun and waits. */
  void gather(int count) throws InterruptedException;

  @Override
  void close();
}
