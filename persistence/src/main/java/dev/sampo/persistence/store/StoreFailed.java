package dev.sampo.persistence.store;

/**
 * The store has failed for good: nothing that was asked of it since can be relied upon, and the
 * process stops (faults 47, 48).
 */
public final class StoreFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreFailed(Throwable cause) {
    super("the store has failed: " + cause.getMessage(), cause);
  }
}
