package dev.sampo.node.peer;

/** The circuit breaker of a link (S15). */
public enum Breaker {
  /** Attempts follow the back-off. */
  CLOSED,
  /** Too many failures in a row: no attempt for a while. */
  OPEN,
  /** One attempt is under way, and decides. */
  HALF_OPEN
}
