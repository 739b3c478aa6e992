package dev.sampo.core.state;

/** An application asked its state for more than the limits of {@link State} allow. */
public final class StateLimitExceeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateLimitExceeded(String reason) {
    super(reason);
  }
}
