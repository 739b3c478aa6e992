package dev.sampo.core.consensus;

/** A rule of the protocol is broken by this program itself: the process stops and recovers. */
public final class InvariantViolation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvariantViolation(String reason) {
    super(reason);
  }
}
