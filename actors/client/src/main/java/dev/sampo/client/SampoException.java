package dev.sampo.client;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that was not answered as asked; says nothing about any transaction unless it says so.
 */
public final class SampoException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCatalogue.Entry error;
  private final String detail;
  private final boolean maybeDelivered;

  SampoException(
      ErrorCatalogue.Entry error,
      String detail,
      boolean maybeDelivered,
      @Nullable Throwable cause) {
    super(error.code() + ": " + error.title() + " (" + detail + ")", cause);
    this.error = error;
    this.detail = detail;
    this.maybeDelivered = maybeDelivered;
  }

  /** The one that a future failed with; a client's futures fail with no other kind. */
  static SampoException in(Throwable thrown) {
    var failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (failure instanceof SampoException known) {
      return known;
    }
    throw new IllegalStateException("a call failed in an unforeseen way", failure);
  }

  /** What went wrong in general: the code's entry in the error catalogue. */
  public ErrorCatalogue.Entry error() {
    return error;
  }

  /** What exactly was wrong this time; for people, not stable. */
  public String detail() {
    return detail;
  }

  /** Whether a node may have acted on the request although it did not answer. */
  public boolean maybeDelivered() {
    return maybeDelivered;
  }
}
