package dev.sampo.persistence.store;

/**
 * A write by one who has been fenced: another writer has taken over since (protocol V1, fault 56).
 */
public final class StaleWriter extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StaleWriter(String message) {
    super(message);
  }

  StaleWriter(String message, StaleWriter first) {
    super(message, first);
  }
}
