package dev.sampo.node.mempool;

/**
 * Whether the mempool takes in anything new from clients, as it was a moment ago: what it would
 * refuse need not be checked first. Thread-safe.
 */
public final class Room {

  private volatile boolean present = true;

  /** For the mempool's actor; written only when it changes, as others read it all the time. */
  public void set(boolean now) {
    if (present != now) {
      present = now;
    }
  }

  public boolean isPresent() {
    return present;
  }
}
