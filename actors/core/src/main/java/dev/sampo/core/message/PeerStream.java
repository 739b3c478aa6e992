package dev.sampo.core.message;

/**
 * The streams between two validators, apart so that large messages cannot hold up the urgent ones.
 */
public enum PeerStream {
  /** Votes, requests and whatever else is small and urgent. */
  VOTES(64 * 1024),
  /** Blocks, transactions, and certificates in bulk. */
  BODIES(2 * 1024 * 1024);

  private final int frameBytesMax;

  PeerStream(int frameBytesMax) {
    this.frameBytesMax = frameBytesMax;
  }

  /** Largest encoded envelope in bytes. */
  public int frameBytesMax() {
    return frameBytesMax;
  }
}
