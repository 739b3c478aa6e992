package dev.sampo.persistence.store;

/** The database has refused a write, because another process has taken over (protocol V1). */
final class WriterFenced extends Exception {

  private static final long serialVersionUID = 1L;

  WriterFenced(String message) {
    super(message);
  }
}
